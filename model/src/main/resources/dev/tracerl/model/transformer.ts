# The transformer in TorchScript. Symbols, as in the classes that call it:
#   D hidden features, H query heads, K key-value heads, d features of a head, r = H / K query heads per key-value head
#   a group is W rows that see each other: a block of clean text, or a noisy copy of a block
# config: layers, H, K, d, 1 if queries and keys are normalized, 1 if projections have a bias, ..., and last 1 if matrix
#   products are in bfloat16 (dtype 15); called c as a list. Norms, rotations, softmax and the sum over layers stay float32.
# net: [rotations, embedding, (qk, v, qk bias, v bias, scale, output, gate, up, down) for each layer, head], made by
#   `prepare`; rotations (positions, d / 2, 2) are the cosines and sines of the positions' angles

def integers(x: Tensor) -> List[int]:
  out = annotate(List[int], [])
  for i in range(torch.size(x, 0)):
    out.append(int(x[i]))
  return out

def reals(x: Tensor) -> List[float]:
  out = annotate(List[float], [])
  for i in range(torch.size(x, 0)):
    out.append(float(x[i]))
  return out

def longs(x: List[Tensor]) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for t in x:
    out.append(t.to(4))
  return out

# 1 / sqrt(mean(x^2) + epsilon) over the last dimension, which is kept.
def inverse_rms(x: Tensor, epsilon: float) -> Tensor:
  norm = torch.linalg_vector_norm(x, 2, [-1], True)
  return torch.rsqrt(norm * norm * (1. / float(torch.size(x, -1))) + epsilon)

# Features i and i + d/2 of a head rotate together: brings them side by side. (heads * d, ...) -> the same shape
def interleave(x: Tensor, d: int) -> Tensor:
  pairs = torch.reshape(x, [torch.size(x, 0) // d, 2, d // 2, -1])
  return torch.reshape(torch.transpose(pairs, 1, 2), x.size())

# Folds what multiplies activations into what multiplies weights: the norms' weights into the projections that follow,
# the attention's 1 / sqrt(d) into the query norms. p: the parameter groups in checkpoint order.
def prepare(p: List[Tensor], rotations: Tensor, c: List[int]) -> List[Tensor]:
  layers, heads, kv, d = c[0], c[1], c[2], c[3]
  widths = [(heads + kv) * d, kv * d]
  net = [rotations, p[0]]
  at = 1
  for layer in range(layers):
    qk, v = torch.split_with_sizes(p[at + 1] * p[at], widths, 0)
    net.append(__torch__.interleave(qk, d))
    net.append(v)
    at = at + 2
    if c[5] == 1:
      qk_bias, v_bias = torch.split_with_sizes(p[at], widths, 0)
      net.append(__torch__.interleave(qk_bias, d))
      net.append(v_bias)
      at = at + 1
    else:
      none = torch.zeros([0], dtype=6, device=rotations.device)
      net.append(none)
      net.append(none)
    if c[4] == 1:
      both = __torch__.interleave(p[at], d).view([2, 1, d])
      at = at + 1
    else:
      both = torch.ones([2, 1, d], dtype=6, device=rotations.device)
    query = both[0] * torch.pow(float(d), -0.5)
    net.append(torch.cat([query.expand([heads, d]), both[1].expand([kv, d])], 0))
    net.append(p[at])
    gate, up = torch.chunk(p[at + 2] * p[at + 1], 2, 0)
    net.append(gate)
    net.append(up)
    net.append(p[at + 3])
    at = at + 4
  if at + 1 < len(p):
    net.append(p[at + 1] * p[at])
  else:
    net.append(p[0] * p[at])
  return net

# Whether matrix products are in bfloat16.
def lowered(c: List[int]) -> bool:
  return c[len(c) - 1] == 1

# The matrices and biases of one layer as they enter products.
def layer_weights(net: List[Tensor], layer: int, c: List[int]) -> List[Tensor]:
  at = __torch__.layer_at(layer)
  out = net[at:at + 9]
  if __torch__.lowered(c):
    out = annotate(List[Tensor], [])
    for i in range(9):
      if i == 4:
        out.append(net[at + i])
      else:
        out.append(net[at + i].to(15))
  return out

# net with every matrix and bias as it enters products, for use without gradients.
def lower(net: List[Tensor], c: List[int]) -> List[Tensor]:
  out = net
  if __torch__.lowered(c):
    out = [net[0], net[1].to(15)]
    for layer in range(c[0]):
      for x in __torch__.layer_weights(net, layer, c):
        out.append(x)
    out.append(net[len(net) - 1].to(15))
  return out

# Token embeddings (rows, D), rounded like the weights.
def embed(net: List[Tensor], ids: Tensor, c: List[int]) -> Tensor:
  x = torch.embedding(net[1], ids)
  if __torch__.lowered(c):
    x = x.to(15).to(6)
  return x

# x / rms(x), in the type of the weight that it meets.
def normalized(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
  return (x * __torch__.inverse_rms(x, epsilon)).to(weight.dtype)

# x + y @ weight^T
def add_product(x: Tensor, y: Tensor, weight: Tensor) -> Tensor:
  if weight.dtype == x.dtype:
    z = torch.addmm(x, y, torch.t(weight))
  else:
    z = x + torch.linear(y, weight)
  return z

# Where the weights of a layer begin in net.
def layer_at(layer: int) -> int:
  return 2 + 9 * layer

def project(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if torch.numel(bias) > 0:
    y = torch.linear(x, weight, bias)
  else:
    y = torch.linear(x, weight)
  return y

# Normalizes heads (rows, heads, d) and rotates them by turn (rows, 1, d / 2), a complex number for each pair of features.
def rotate(x: Tensor, scale: Tensor, turn: Tensor, c: List[int], epsilon: float) -> Tensor:
  y = x.to(6)
  if c[4] == 1:
    y = y * __torch__.inverse_rms(y, epsilon) * scale
  else:
    y = y * scale
  pairs = torch.view_as_complex(y.view([torch.size(y, 0), torch.size(y, 1), -1, 2]))
  return torch.view_as_real(pairs * turn).view(y.size()).to(x.dtype)

# Complex rotations (rows, 1, d / 2) of positions (rows).
def turns(net: List[Tensor], positions: Tensor) -> Tensor:
  return torch.unsqueeze(torch.view_as_complex(torch.index_select(net[0], 0, positions)), 1)

# Queries (B, K, Q, R, d) see the prefix kc, vc (B, K, C, d), as far as bias (B, 1, Q, 1, C) allows, and the W rows of
# their own group ko, vo (B, K, Q, W, d). An empty bias allows everything.
def attend(q: Tensor, kc: Tensor, vc: Tensor, ko: Tensor, vo: Tensor, bias: Tensor, own_bias: Tensor) -> Tensor:
  b, k, n, r, d = torch.size(q, 0), torch.size(q, 1), torch.size(q, 2), torch.size(q, 3), torch.size(q, 4)
  c, w = torch.size(kc, 2), torch.size(ko, 3)
  prefix = torch.bmm(q.view([b * k, n * r, d]), torch.transpose(torch.reshape(kc, [b * k, c, d]), 1, 2))
  prefix = prefix.view([b, k, n, r, c])
  if torch.numel(bias) > 0:
    prefix = torch.add_(prefix, bias)
  own = torch.bmm(q.view([b * k * n, r, d]), torch.transpose(ko.view([b * k * n, w, d]), 1, 2))
  own = own.view([b, k, n, r, w])
  if torch.numel(own_bias) > 0:
    own = torch.add_(own, own_bias)
  p = torch.softmax(torch.cat([prefix, own], -1), -1, 6).to(q.dtype)
  out = torch.bmm(torch.narrow(p, -1, 0, c).view([b * k, n * r, c]), torch.reshape(vc, [b * k, c, d]))
  return torch.baddbmm(out.view([b * k * n, r, d]), torch.narrow(p, -1, c, w).view([b * k * n, r, w]), vo.view([b * k * n, w, d]))

# x + down(silu(gate(norm(x))) * up(norm(x))), with the weights of the layer that begins at `at`
def feed_forward(x: Tensor, net: List[Tensor], at: int, epsilon: float) -> Tensor:
  h = __torch__.normalized(x, net[at + 6], epsilon)
  return __torch__.add_product(x, torch.silu(torch.linear(h, net[at + 6])) * torch.linear(h, net[at + 7]), net[at + 8])

# Queries (rows, H, d), keys (rows, K, d) and values (rows, K * d) of x (rows, D)
def row_heads(x: Tensor, net: List[Tensor], at: int, turn: Tensor, c: List[int], epsilon: float) -> Tuple[Tensor, Tensor, Tensor]:
  heads, kv, d = c[1], c[2], c[3]
  h = __torch__.normalized(x, net[at], epsilon)
  qk = __torch__.project(h, net[at], net[at + 2]).view([-1, heads + kv, d])
  q, k = torch.split_with_sizes(__torch__.rotate(qk, net[at + 4], turn, c, epsilon), [heads, kv], 1)
  return (q, k, __torch__.project(h, net[at + 1], net[at + 3]))

# Queries of groups: rows (B * Q * W, H, d) -> (B, K, Q, r * W, d)
def group_queries(q: Tensor, shape: List[int], c: List[int]) -> Tensor:
  b, n, w = shape[0], shape[1], shape[2]
  kv, d = c[2], c[3]
  r = c[1] // kv
  y = torch.permute(torch.reshape(q, [b, n, w, kv, r, d]), [0, 3, 1, 4, 2, 5])
  return torch.contiguous(torch.reshape(y, [b, kv, n, r * w, d]))

# Keys or values of groups: rows (B * Q * W, K * d) -> (B, K, Q, W, d)
def group_keys(k: Tensor, shape: List[int], c: List[int]) -> Tensor:
  y = torch.reshape(k, [shape[0], shape[1], shape[2], c[2], c[3]])
  return torch.contiguous(torch.permute(y, [0, 3, 1, 2, 4]))

# Queries, keys and values of groups: x (rows, D) with rows = B * Q * W -> q (B, K, Q, r * W, d), k and v (B, K, Q, W, d)
def group_heads(x: Tensor, net: List[Tensor], at: int, turn: Tensor, shape: List[int], c: List[int], epsilon: float) -> Tuple[Tensor, Tensor, Tensor]:
  q, k, v = __torch__.row_heads(x, net, at, turn, c, epsilon)
  return (__torch__.group_queries(q, shape, c), __torch__.group_keys(k, shape, c), __torch__.group_keys(v, shape, c))

# Attention's output back in rows: (B * K * Q, r * W, d) -> (B * Q * W, H * d)
def group_rows(out: Tensor, shape: List[int], c: List[int]) -> Tensor:
  b, n, w = shape[0], shape[1], shape[2]
  heads, kv, d = c[1], c[2], c[3]
  out = torch.permute(out.view([b, kv, n, heads // kv, w, d]), [0, 2, 4, 1, 3, 5])
  return torch.reshape(out, [b * n * w, heads * d])

# Additive mask over the prefix: query group (B, Q) sees the first prefix_rows (B, Q) of C keys that are valid (B, C).
def prefix_bias(prefix_rows: Tensor, valid: Tensor, c: int) -> Tensor:
  index = torch.arange(c, device=prefix_rows.device)
  hidden = torch.ge(index.view([1, 1, c]), torch.unsqueeze(prefix_rows, -1))
  if torch.numel(valid) > 0:
    hidden = torch.logical_or(hidden, torch.eq(torch.unsqueeze(valid, 1), 0))
  bias = torch.zeros(hidden.size(), dtype=6, device=prefix_rows.device)
  bias = torch.masked_fill_(bias, hidden, -1e30)
  return bias.view([torch.size(hidden, 0), 1, torch.size(hidden, 1), 1, c])

# Scores with the mask token's set to -inf; a negative mask token excludes nothing.
def exclude(scores: Tensor, mask_token: int) -> Tensor:
  y = scores
  if mask_token >= 0:
    y = torch.index_fill(y, -1, torch.tensor([mask_token], dtype=4, device=y.device), -inf)
  return y

# Scores (rows, vocabulary) of final hidden states (rows, D).
def scores(x: Tensor, head: Tensor, mask_token: int, epsilon: float) -> Tensor:
  return __torch__.head_scores(__torch__.normalized(x, head, epsilon), head, mask_token)

# The same of normalized states, without gradients.
def head_scores(h: Tensor, head: Tensor, mask_token: int) -> Tensor:
  y = torch.linear(h, head).to(6)
  if mask_token >= 0:
    torch.fill_(torch.select(y, 1, mask_token), -inf)
  return y
