# Packed examples through the transformer, forward and backward.
# Rows stand in tiles: a tile is B runs of Q query groups of W rows, all of which see at most C rows of clean text. Runs
# are pieces of examples, so that attention's work grows with what is visible. In the last layer only targets are
# queries: there a group has S queries and W keys of its own.
# batch: int64 tensors
#   [0] ids (N)   [1] positions (N)   [2] prefix rows that each group sees (G)   [3] whether rows exist (N), or empty if
#   all do   [4] see `Plan` below   [5] rows that are queries in the last layer (N')   [6] which of these are the
#   targets (M)   [7] labels (M)   [8] clean rows of every run, as units (sum of B * C / unit)   [9] the same for the
#   last layer   [10] prefix rows that each group of the last layer sees   [11] own rows of these groups, as units
# plan: unit, tiles n, B, Q, S, W, C of each, then the same of each tile of the last layer; a unit is a run of rows that
#   never straddles groups

# Sizes B, Q, S, W, C of the tiles of a plan: those of the last layer, or of all others.
def tiles(plan: List[int], last: bool) -> List[int]:
  n = plan[1]
  if last:
    out = plan[2 + 5 * n:]
  else:
    out = plan[2:2 + 5 * n]
  return out

# How many queries each tile has; below: groups, units of prefixes, units of own rows.
def query_rows(tiles: List[int]) -> List[int]:
  out = annotate(List[int], [])
  for t in range(len(tiles) // 5):
    out.append(tiles[5 * t] * tiles[5 * t + 1] * tiles[5 * t + 2])
  return out

def group_counts(tiles: List[int]) -> List[int]:
  out = annotate(List[int], [])
  for t in range(len(tiles) // 5):
    out.append(tiles[5 * t] * tiles[5 * t + 1])
  return out

def prefix_units(tiles: List[int], unit: int) -> List[int]:
  out = annotate(List[int], [])
  for t in range(len(tiles) // 5):
    out.append(tiles[5 * t] * tiles[5 * t + 4] // unit)
  return out

def own_units(tiles: List[int], unit: int) -> List[int]:
  out = annotate(List[int], [])
  for t in range(len(tiles) // 5):
    out.append(tiles[5 * t] * tiles[5 * t + 1] * tiles[5 * t + 3] // unit)
  return out

# Additive masks of every tile: over its prefix (B, 1, Q, 1, C), then over own rows (B, 1, Q, 1, W), empty if all exist.
# own: which units are the own rows of the groups; empty if these are the rows of the tiles in order
def masks(tiles: List[int], unit: int, seen: Tensor, keys: Tensor, own: Tensor, valid: Tensor) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  none = torch.zeros([0], device=seen.device)
  groups = torch.split_with_sizes(seen, __torch__.group_counts(tiles), 0)
  units = torch.split_with_sizes(keys, __torch__.prefix_units(tiles, unit), 0)
  valid_units = none
  own_valid = [none]
  if torch.numel(valid) > 0:
    valid_units = valid.view([-1, unit])
    all = valid_units
    if torch.numel(own) > 0:
      all = torch.index_select(valid_units, 0, own)
    own_valid = torch.split_with_sizes(all, __torch__.own_units(tiles, unit), 0)
  for t in range(len(tiles) // 5):
    b, n, w, c = tiles[5 * t], tiles[5 * t + 1], tiles[5 * t + 3], tiles[5 * t + 4]
    visible = none
    if torch.numel(valid) > 0:
      visible = torch.index_select(valid_units, 0, units[t]).view([b, c])
    out.append(__torch__.prefix_bias(groups[t].view([b, n]), visible, c))
    if torch.numel(valid) > 0:
      hidden = torch.eq(own_valid[t].view([b, 1, n, 1, w]), 0)
      out.append(torch.masked_fill(torch.zeros(hidden.size(), device=seen.device), hidden, -1e30))
    else:
      out.append(none)
  return out

# Clean keys or values (B, K, C, d) of a tile: rows `units` of x (N, K * d).
def prefix_heads(x: Tensor, units: Tensor, unit: int, b: int, c: List[int]) -> Tensor:
  y = torch.index_select(torch.reshape(x, [-1, unit * c[2] * c[3]]), 0, units)
  return torch.contiguous(torch.permute(y.view([b, -1, c[2], c[3]]), [0, 2, 1, 3]))

# Attention of every tile, rows (sum of B * Q * S, H * d). q (.., H, d) are its queries, ko and vo its own keys and values,
# k and v those of all rows (N, ..).
def attend_tiles(q: Tensor, ko: Tensor, vo: Tensor, k: Tensor, v: Tensor, tiles: List[int], unit: int, keys: Tensor, masks: List[Tensor], c: List[int]) -> Tensor:
  kv, d, r = c[2], c[3], c[1] // c[2]
  sizes = __torch__.query_rows(tiles)
  own = __torch__.own_units(tiles, 1)
  units = torch.split_with_sizes(keys, __torch__.prefix_units(tiles, unit), 0)
  qs = torch.split_with_sizes(q, sizes, 0)
  kos = torch.split_with_sizes(ko, own, 0)
  vos = torch.split_with_sizes(vo, own, 0)
  out = annotate(List[Tensor], [])
  for t in range(len(tiles) // 5):
    b, n, s, w = tiles[5 * t], tiles[5 * t + 1], tiles[5 * t + 2], tiles[5 * t + 3]
    qt = __torch__.group_queries(qs[t], [b, n, s], c)
    kt = __torch__.group_keys(kos[t], [b, n, w], c)
    vt = __torch__.group_keys(vos[t], [b, n, w], c)
    kp = __torch__.prefix_heads(k, units[t], unit, b, c)
    vp = __torch__.prefix_heads(v, units[t], unit, b, c)
    y = __torch__.attend(qt, kp, vp, kt, vt, masks[2 * t], masks[2 * t + 1])
    out.append(__torch__.group_rows(y, [b, n, s], c))
  return torch.cat(out, 0)

# One layer on all rows x (N, D).
def packed_layer(x: Tensor, w: List[Tensor], turn: Tensor, batch: List[Tensor], plan: List[int], masks: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  q, k, v = __torch__.row_heads(x, w, 0, turn, c, epsilon)
  y = __torch__.attend_tiles(q, k, v, k, v, __torch__.tiles(plan, False), plan[0], batch[8], masks, c)
  return __torch__.feed_forward(__torch__.add_product(x, y, w[5]), w, 0, epsilon)

# The last layer, on its queries only: x (N, D) -> (M, D)
def last_layer(x: Tensor, w: List[Tensor], turn: Tensor, batch: List[Tensor], plan: List[int], masks: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  heads, kv, d, unit = c[1], c[2], c[3], plan[0]
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
  ko = torch.index_select(k.view([-1, unit * kv * d]), 0, batch[11]).view([-1, kv, d])
  vo = torch.index_select(v.view([-1, unit * kv * d]), 0, batch[11]).view([-1, kv * d])
  y = __torch__.attend_tiles(q, ko, vo, k, v, __torch__.tiles(plan, True), unit, batch[9], masks, c)
  y = torch.index_select(y, 0, batch[6])
  x = torch.index_select(x, 0, torch.index_select(rows, 0, batch[6]))
  return __torch__.feed_forward(__torch__.add_product(x, y, w[5]), w, 0, epsilon)

# Masks of all layers but the last, then of the last.
def all_masks(batch: List[Tensor], plan: List[int]) -> Tuple[List[Tensor], List[Tensor]]:
  none = torch.zeros([0], dtype=4, device=batch[1].device)
  body = __torch__.masks(__torch__.tiles(plan, False), plan[0], batch[2], batch[8], none, batch[3])
  last = __torch__.masks(__torch__.tiles(plan, True), plan[0], batch[10], batch[9], batch[11], batch[3])
  return (body, last)

def any_layer(layer: int, x: Tensor, net: List[Tensor], turn: Tensor, batch: List[Tensor], plan: List[int], body: List[Tensor], last: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  w = __torch__.layer_weights(net, layer, c)
  if layer + 1 == c[0]:
    y = __torch__.last_layer(x, w, turn, batch, plan, last, c, epsilon)
  else:
    y = __torch__.packed_layer(x, w, turn, batch, plan, body, c, epsilon)
  return y

# Gradients of x from the gradient g of y.
def slopes(y: Tensor, x: List[Tensor], g: Tensor) -> List[Tensor]:
  given = annotate(List[Optional[Tensor]], [])
  given.append(g)
  out = annotate(List[Tensor], [])
  for found in torch.grad([y], x, given):
    out.append(unchecked_cast(Tensor, found))
  return out

# Hidden states (M, D) of the targets, before the final norm.
def packed_forward(net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  plan = __torch__.integers(batch[4])
  body, last = __torch__.all_masks(batch, plan)
  turn = __torch__.turns(net, batch[1])
  x = __torch__.embed(net, batch[0], c)
  for layer in range(c[0]):
    x = __torch__.any_layer(layer, x, net, turn, batch, plan, body, last, c, epsilon)
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

# The forward pass as a graph of single layers: inputs of the layers and the hidden states (M, D), all of them leaves, then
# outputs of the layers, empty if they are to be computed again. net: leaves
def packed_record(net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float, again: bool) -> Tuple[List[Tensor], List[Tensor]]:
  plan = __torch__.integers(batch[4])
  body, last = __torch__.all_masks(batch, plan)
  turn = __torch__.turns(net, batch[1])
  used = net
  if again:
    used = __torch__.cut(net, False)
  x = __torch__.embed(used, batch[0], c).detach()
  inputs = annotate(List[Tensor], [])
  outputs = annotate(List[Tensor], [])
  for layer in range(c[0]):
    inputs.append(x)
    if again:
      y = __torch__.any_layer(layer, x, used, turn, batch, plan, body, last, c, epsilon)
    else:
      inputs[layer].requires_grad_(True)
      y = __torch__.any_layer(layer, x, used, turn, batch, plan, body, last, c, epsilon)
      outputs.append(y)
    x = y.detach()
  inputs.append(x)
  return (inputs, outputs)

# Gradients of net, zero-size where there is none, from that of the hidden states (M, D); the head's is left out.
def packed_backward(net: List[Tensor], batch: List[Tensor], inputs: List[Tensor], outputs: List[Tensor], gradient: Tensor, c: List[int], epsilon: float) -> List[Tensor]:
  plan = __torch__.integers(batch[4])
  body, last = __torch__.all_masks(batch, plan)
  turn = __torch__.turns(net, batch[1])
  none = torch.zeros([0], device=gradient.device)
  out = annotate(List[Tensor], [])
  for x in net:
    out.append(none)
  g = gradient
  for i in range(c[0]):
    layer = c[0] - 1 - i
    x = inputs[layer].detach().requires_grad_(True)
    if len(outputs) > 0:
      x = inputs[layer]
      y = outputs.pop(-1)
    else:
      y = __torch__.any_layer(layer, x, net, turn, batch, plan, body, last, c, epsilon)
    at = __torch__.layer_at(layer)
    wanted = [x]
    where = annotate(List[int], [])
    for j in range(9):
      if net[at + j].requires_grad:
        wanted.append(net[at + j])
        where.append(at + j)
    found = __torch__.slopes(y, wanted, g)
    g = found[0]
    for j in range(len(where)):
      out[where[j]] = found[j + 1]
  if net[1].requires_grad:
    out[1] = __torch__.slopes(__torch__.embed(net, batch[0], c), [net[1]], g)[0]
  return out
