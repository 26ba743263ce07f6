# Attention of packed rows, tile by tile.
# Rows stand in tiles: a tile is B runs of Q query groups of W rows, all of which see at most C rows of clean text. Runs
# are pieces of examples, so that attention's work grows with what is visible. In the last layer only targets are
# queries: there a group has S queries and W keys of its own.
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

# What the queries of every tile see: [4t] prefixes (B * C / unit), as units   [4t + 1] own rows, as units, or empty if these
# are the rows of the tiles in order   [4t + 2] additive mask of prefixes (B, 1, Q, 1, C)   [4t + 3] of own rows
# (B, 1, Q, 1, W), empty if all exist. own: units of the own rows of all tiles, or empty
def sights(tiles: List[int], unit: int, seen: Tensor, keys: Tensor, own: Tensor, valid: Tensor) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  none = torch.zeros([0], dtype=4, device=seen.device)
  groups = torch.split_with_sizes(seen, __torch__.group_counts(tiles), 0)
  prefixes = torch.split_with_sizes(keys, __torch__.prefix_units(tiles, unit), 0)
  sizes = __torch__.own_units(tiles, unit)
  owns = [none]
  if torch.numel(own) > 0:
    owns = torch.split_with_sizes(own, sizes, 0)
  valid_units = none
  own_valid = [none]
  if torch.numel(valid) > 0:
    valid_units = valid.view([-1, unit])
    all = valid_units
    if torch.numel(own) > 0:
      all = torch.index_select(valid_units, 0, own)
    own_valid = torch.split_with_sizes(all, sizes, 0)
  for t in range(len(tiles) // 5):
    b, n, w, c = tiles[5 * t], tiles[5 * t + 1], tiles[5 * t + 3], tiles[5 * t + 4]
    rows, visible, bias = none, none, torch.zeros([0], device=seen.device)
    if torch.numel(own) > 0:
      rows = owns[t]
    if torch.numel(valid) > 0:
      visible = torch.index_select(valid_units, 0, prefixes[t]).view([b, c])
      hidden = torch.eq(own_valid[t].view([b, 1, n, 1, w]), 0)
      bias = torch.masked_fill(torch.zeros(hidden.size(), device=seen.device), hidden, -1e30)
    out.append(prefixes[t])
    out.append(rows)
    out.append(__torch__.prefix_bias(groups[t].view([b, n]), visible, c))
    out.append(bias)
  return out

# What is seen in all layers but the last, then in the last; batch as in `packed.ts`.
def all_sights(batch: List[Tensor], plan: List[int]) -> List[List[Tensor]]:
  none = torch.zeros([0], dtype=4, device=batch[1].device)
  body = __torch__.sights(__torch__.tiles(plan, False), plan[0], batch[2], batch[8], none, batch[3])
  last = __torch__.sights(__torch__.tiles(plan, True), plan[0], batch[10], batch[9], batch[11], batch[3])
  return [body, last]

# Clean keys or values (B, K, C, d) of a tile: rows `units` of x (N, K * d).
def prefix_heads(x: Tensor, units: Tensor, unit: int, b: int, c: List[int]) -> Tensor:
  y = torch.index_select(torch.reshape(x, [-1, unit * c[2] * c[3]]), 0, units)
  return torch.contiguous(torch.permute(y.view([b, -1, c[2], c[3]]), [0, 2, 1, 3]))

# Own keys or values (B, K, Q, W, d) of a tile: rows `units` of x (N, K * d), or those from `first` on.
def own_heads(x: Tensor, units: Tensor, unit: int, first: int, shape: List[int], c: List[int]) -> Tensor:
  if torch.numel(units) > 0:
    y = torch.index_select(torch.reshape(x, [-1, unit * c[2] * c[3]]), 0, units)
  else:
    y = torch.narrow(x, 0, first, shape[0] * shape[1] * shape[2])
  return __torch__.group_keys(y, shape, c)

# Attention (B * Q * S, H * d) of a tile's queries q (B * Q * S, H, d) to keys k (N, K, d) and values v (N, K * d) of all rows.
# tile: B, Q, S, W, C; first: where its own rows begin if they stand in order; see: its part of `sights`
def attend_tile(q: Tensor, k: Tensor, v: Tensor, tile: List[int], unit: int, first: int, see: List[Tensor], c: List[int]) -> Tensor:
  queries, own = [tile[0], tile[1], tile[2]], [tile[0], tile[1], tile[3]]
  ko = __torch__.own_heads(k, see[1], unit, first, own, c)
  vo = __torch__.own_heads(v, see[1], unit, first, own, c)
  kp = __torch__.prefix_heads(k, see[0], unit, tile[0], c)
  vp = __torch__.prefix_heads(v, see[0], unit, tile[0], c)
  y = __torch__.attend(__torch__.group_queries(q, queries, c), kp, vp, ko, vo, see[2], see[3])
  return __torch__.group_rows(y, queries, c)

# Attention of all tiles, rows (sum of B * Q * S, H * d); heads: q, k, v
def attend_tiles(heads: List[Tensor], tiles: List[int], unit: int, sights: List[Tensor], c: List[int]) -> Tensor:
  qs = torch.split_with_sizes(heads[0], __torch__.query_rows(tiles), 0)
  own = __torch__.own_units(tiles, 1)
  out = annotate(List[Tensor], [])
  first = 0
  for t in range(len(tiles) // 5):
    out.append(__torch__.attend_tile(qs[t], heads[1], heads[2], tiles[5 * t:5 * t + 5], unit, first, sights[4 * t:4 * t + 4], c))
    first = first + own[t]
  return torch.cat(out, 0)

# Gradients of x from the gradients g of y.
def slopes(y: List[Tensor], x: List[Tensor], g: List[Tensor]) -> List[Tensor]:
  given = annotate(List[Optional[Tensor]], [])
  for each in g:
    given.append(each)
  out = annotate(List[Tensor], [])
  for found in torch.grad(y, x, given):
    out.append(unchecked_cast(Tensor, found))
  return out

# Gradients of q, k and v from the gradient g of `attend_tiles`. A tile's probabilities are computed again, so that there are
# never those of more than one.
def attend_slopes(heads: List[Tensor], tiles: List[int], unit: int, sights: List[Tensor], c: List[int], g: Tensor) -> List[Tensor]:
  sizes = __torch__.query_rows(tiles)
  qs, gs = torch.split_with_sizes(heads[0].detach(), sizes, 0), torch.split_with_sizes(g, sizes, 0)
  k, v = heads[1].detach().requires_grad_(True), heads[2].detach().requires_grad_(True)
  own = __torch__.own_units(tiles, 1)
  gq = annotate(List[Tensor], [])
  gk, gv = torch.zeros_like(k), torch.zeros_like(v)
  first = 0
  for t in range(len(tiles) // 5):
    q = qs[t].detach().requires_grad_(True)
    y = __torch__.attend_tile(q, k, v, tiles[5 * t:5 * t + 5], unit, first, sights[4 * t:4 * t + 4], c)
    found = __torch__.slopes([y], [q, k, v], [gs[t]])
    gq.append(found[0])
    gk = torch.add_(gk, found[1])
    gv = torch.add_(gv, found[2])
    first = first + own[t]
  return [torch.cat(gq, 0), gk, gv]

# Bytes of the probabilities of all layers.
def attention_bytes(plan: List[int], c: List[int]) -> float:
  pairs = 0
  for last in [False, True]:
    layers = c[0] - 1
    if last:
      layers = 1
    t = __torch__.tiles(plan, last)
    for i in range(len(t) // 5):
      pairs = pairs + layers * t[5 * i] * t[5 * i + 1] * t[5 * i + 2] * (t[5 * i + 3] + t[5 * i + 4])
  return float(4 * pairs * c[1])
