# Packed examples through the transformer, forward and backward.
# batch: int64 tensors
#   [0] ids (N)   [1] positions (N)   [2] prefix rows that each group sees (G)   [3] whether rows exist (N), or empty if
#   all do   [4] the plan of `tiles.ts`   [5] rows that are queries in the last layer (N')   [6] which of these are the
#   targets (M)   [7] labels (M)   [8] clean rows of every run, as units (sum of B * C / unit)   [9] the same for the
#   last layer   [10] prefix rows that each group of the last layer sees   [11] own rows of these groups, as units
# again: whether layers are computed again for the gradient; apart: whether attention's probabilities are, tile by tile

# Queries (.., H, d), keys (N, K, d) and values (N, K * d) of a layer's input x (N, D). In the last layer only the rows that
# the batch names are queries.
def layer_heads(layer: int, x: Tensor, net: List[Tensor], turn: Tensor, batch: List[Tensor], c: List[int], epsilon: float) -> List[Tensor]:
  w = __torch__.layer_weights(net, layer, c)
  if layer + 1 < c[0]:
    q, k, v = __torch__.row_heads(x, w, 0, turn, c, epsilon)
  else:
    heads, kv, d = c[1], c[2], c[3]
    h = __torch__.normalized(x, w[0], epsilon)
    wq, wk = torch.split_with_sizes(w[0], [heads * d, kv * d], 0)
    bq, bk = w[2], w[2]
    if torch.numel(w[2]) > 0:
      bq, bk = torch.split_with_sizes(w[2], [heads * d, kv * d], 0)
    sq, sk = torch.split_with_sizes(w[4], [heads, kv], 0)
    rows = batch[5]
    q = __torch__.project(torch.index_select(h, 0, rows), wq, bq).view([-1, heads, d])
    q = __torch__.rotate(q, sq, torch.index_select(turn, 0, rows), c, epsilon)
    k = __torch__.rotate(__torch__.project(h, wk, bk).view([-1, kv, d]), sk, turn, c, epsilon)
    v = __torch__.project(h, w[1], w[3])
  return [q, k, v]

# A layer's output from its input x (N, D) and its attention y: (N, D), in the last layer (M, D), the targets only.
def layer_end(layer: int, x: Tensor, y: Tensor, net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  w = __torch__.layer_weights(net, layer, c)
  if layer + 1 == c[0]:
    y = torch.index_select(y, 0, batch[6])
    x = torch.index_select(x, 0, torch.index_select(batch[5], 0, batch[6]))
  return __torch__.feed_forward(__torch__.add_product(x, y, w[5]), w, 0, epsilon)

# The attention of a layer from its q, k and v.
def layer_attention(layer: int, heads: List[Tensor], batch: List[Tensor], plan: List[int], sights: List[List[Tensor]], c: List[int]) -> Tensor:
  last = layer + 1 == c[0]
  return __torch__.attend_tiles(heads, __torch__.tiles(plan, last), plan[0], sights[int(last)], c)

# One layer: x (N, D) -> (N, D), in the last layer (M, D)
def whole_layer(layer: int, x: Tensor, net: List[Tensor], turn: Tensor, batch: List[Tensor], plan: List[int], sights: List[List[Tensor]], c: List[int], epsilon: float) -> Tensor:
  heads = __torch__.layer_heads(layer, x, net, turn, batch, c, epsilon)
  y = __torch__.layer_attention(layer, heads, batch, plan, sights, c)
  return __torch__.layer_end(layer, x, y, net, batch, c, epsilon)

# Hidden states (M, D) of the targets, before the final norm.
def packed_forward(net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  plan = __torch__.integers(batch[4])
  sights = __torch__.all_sights(batch, plan)
  turn = __torch__.turns(net, batch[1])
  x = __torch__.embed(net, batch[0], c)
  for layer in range(c[0]):
    x = __torch__.whole_layer(layer, x, net, turn, batch, plan, sights, c, epsilon)
  return x

# Copies of net without a graph, of which those that depend on parameters are leaves.
def cut(net: List[Tensor], leaves: bool) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for x in net:
    if leaves and x.requires_grad:
      out.append(x.detach().requires_grad_(True))
    else:
      out.append(x.detach())
  return out

# Whether layers are computed again for the gradient, and whether attention's probabilities are. The last two settings: 1 if
# layers are; bytes of probabilities beyond which these are.
def computed_again(batch: List[Tensor], c: List[int], settings: List[float]) -> Tuple[bool, bool]:
  apart = __torch__.attention_bytes(__torch__.integers(batch[4]), c) > settings[-1]
  return (settings[-2] == 1., apart)

# The forward pass as a graph of single layers: inputs of the layers and the hidden states (M, D), all of them leaves; then
# what is kept of each layer: apart: its attention, a leaf, q, k and v; its output. Of these again leaves only attention.
# net: leaves
def packed_record(net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float, again: bool, apart: bool) -> Tuple[List[Tensor], List[Tensor]]:
  plan = __torch__.integers(batch[4])
  sights = __torch__.all_sights(batch, plan)
  turn = __torch__.turns(net, batch[1])
  used = net
  if again:
    used = __torch__.cut(net, False)
  x = __torch__.embed(used, batch[0], c).detach()
  inputs = annotate(List[Tensor], [])
  kept = annotate(List[Tensor], [])
  for layer in range(c[0]):
    x = x.requires_grad_(not again)
    inputs.append(x)
    if apart:
      heads = __torch__.layer_heads(layer, x, used, turn, batch, c, epsilon)
      y = __torch__.layer_attention(layer, __torch__.cut(heads, False), batch, plan, sights, c).requires_grad_(not again)
      z = __torch__.layer_end(layer, x, y, used, batch, c, epsilon)
      kept.append(y)
      if not again:
        kept.extend(heads)
    else:
      z = __torch__.whole_layer(layer, x, used, turn, batch, plan, sights, c, epsilon)
    if not again:
      kept.append(z)
    x = z.detach()
  inputs.append(x)
  return (inputs, kept)

# Gradients of x, then of net's tensors from `first` to before `end` where there are any, which go to out.
def slopes_into(out: List[Tensor], y: List[Tensor], x: List[Tensor], net: List[Tensor], first: int, end: int, g: List[Tensor]) -> List[Tensor]:
  wanted, where = annotate(List[Tensor], []), annotate(List[int], [])
  wanted.extend(x)
  for i in range(first, end):
    if net[i].requires_grad:
      wanted.append(net[i])
      where.append(i)
  found = __torch__.slopes(y, wanted, g)
  for i in range(len(where)):
    out[where[i]] = found[len(x) + i]
  return found[:len(x)]

# Gradients of net, zero-size where there is none, from that of the hidden states (M, D); the head's is left out.
def packed_backward(net: List[Tensor], batch: List[Tensor], inputs: List[Tensor], kept: List[Tensor], gradient: Tensor, c: List[int], epsilon: float, again: bool, apart: bool) -> List[Tensor]:
  plan = __torch__.integers(batch[4])
  sights = __torch__.all_sights(batch, plan)
  turn = __torch__.turns(net, batch[1])
  none = torch.zeros([0], device=gradient.device)
  out = annotate(List[Tensor], [])
  for each in net:
    out.append(none)
  g = gradient
  for i in range(c[0]):
    layer = c[0] - 1 - i
    at = __torch__.layer_at(layer)
    x = inputs[layer].detach().requires_grad_(True)
    if not again:
      x = inputs[layer]
    if apart:
      if again:
        y = kept.pop(-1).requires_grad_(True)
        heads = __torch__.layer_heads(layer, x, net, turn, batch, c, epsilon)
        z = __torch__.layer_end(layer, x, y, net, batch, c, epsilon)
      else:
        z, v, k, q, y = kept.pop(-1), kept.pop(-1), kept.pop(-1), kept.pop(-1), kept.pop(-1)
        heads = [q, k, v]
      # The layer's end, then its attention, then its beginning.
      ends = __torch__.slopes_into(out, [z], [x, y], net, at + 5, at + 9, [g])
      gh = __torch__.attend_slopes(heads, __torch__.tiles(plan, i == 0), plan[0], sights[int(i == 0)], c, ends[1])
      g = ends[0] + __torch__.slopes_into(out, heads, [x], net, at, at + 5, gh)[0]
    else:
      if again:
        z = __torch__.whole_layer(layer, x, net, turn, batch, plan, sights, c, epsilon)
      else:
        z = kept.pop(-1)
      g = __torch__.slopes_into(out, [z], [x], net, at, at + 9, [g])[0]
  if net[1].requires_grad:
    out[1] = __torch__.slopes([__torch__.embed(net, batch[0], c)], [net[1]], [g])[0]
  return out
