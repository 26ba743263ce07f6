# Block sampling with a cache of keys and values.
# cache: [keys, values] for each layer, (S, K, C, d), one row for each active sequence
# settings: float64 (8) = temperature (0: greedy), top-k (0: off), top-p (1: off), policy, its bound, mask token,
# confidence, 1 if that is of the distribution without temperature and filters, ...
#   policy 0 sequential, 1 static confidence, 2 dynamic confidence above the bound, 3 entropies summing below the bound,
#   4 confidence that reaches the bound, or the best; its quota is 1
#   confidence 0 probability of the drawn token, 1 margin between the two best, 2 negative entropy, 3 random
#   and, to rank by confidence: temperature of the ranks (0: off), what divides confidence in padding, padding token

# Keys and values of prompts of one length L, a multiple of the block size w: ids (B, L) -> [keys, values] for each layer
def prefill(net: List[Tensor], ids: Tensor, w: int, c: List[int], epsilon: float) -> List[Tensor]:
  b, n = torch.size(ids, 0), torch.size(ids, 1) // w
  length = n * w
  positions = torch.arange(length, device=ids.device).expand([b, length])
  turn = __torch__.turns(net, torch.reshape(positions, [-1]))
  starts = torch.arange(n, device=ids.device).mul(w).view([1, n]).expand([b, n])
  none = torch.zeros([0], device=ids.device)
  bias = __torch__.prefix_bias(starts, none, length)
  x = __torch__.embed(net, ids.view([-1]), c)
  out = annotate(List[Tensor], [])
  for layer in range(c[0]):
    at = __torch__.layer_at(layer)
    q, k, v = __torch__.group_heads(x, net, at, turn, [b, n, w], c, epsilon)
    kc = k.view([b, c[2], length, c[3]])
    vc = v.view([b, c[2], length, c[3]])
    out.append(kc)
    out.append(vc)
    if layer + 1 < c[0]:
      y = __torch__.attend(q, kc, vc, k, v, bias, none)
      x = __torch__.add_product(x, __torch__.group_rows(y, [b, n, w], c), net[at + 5])
      x = __torch__.feed_forward(x, net, at, epsilon)
  return out

def resize(cache: List[Tensor], rows: Tensor, count: int, capacity: int, dtype: int) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for x in cache:
    y = torch.zeros([count, torch.size(x, 1), capacity, torch.size(x, 3)], dtype=dtype, device=x.device)
    kept = min(capacity, torch.size(x, 2))
    old = torch.index_select(torch.narrow(x, 2, 0, kept), 0, rows)
    torch.copy_(torch.narrow(torch.narrow(y, 0, 0, torch.size(rows, 0)), 2, 0, kept), old)
    out.append(y)
  return out

def place(cache: List[Tensor], prefixes: List[Tensor], rows: Tensor, source: Tensor) -> Tensor:
  for i in range(len(cache)):
    part = torch.narrow(cache[i], 2, 0, torch.size(prefixes[i], 2))
    torch.index_copy_(part, 0, rows, torch.index_select(prefixes[i], 0, source))
  return rows

# Blocks ids (S, w) that start at positions start (S), or (1) if all are equal, after their cached prefix of at most
# `prefix` tokens. Returns the last hidden states (M, D) of the rows `open` (M), indices into (S * w); without any, appends
# keys and values to the cache instead and returns nothing useful.
def block_forward(net: List[Tensor], cache: List[Tensor], rows: Tensor, ids: Tensor, start: Tensor, open: Tensor, prefix: int, c: List[int], epsilon: float) -> Tensor:
  commit = torch.numel(open) == 0
  b, w, d = torch.size(ids, 0), torch.size(ids, 1), c[3]
  none = torch.zeros([0], device=ids.device)
  uniform = torch.size(start, 0) == 1
  offsets = torch.arange(w, device=ids.device)
  positions = torch.add(torch.unsqueeze(start, 1), offsets).expand([b, w])
  turn = __torch__.turns(net, torch.reshape(positions, [-1]))
  bias = none
  if not uniform:
    bias = __torch__.prefix_bias(torch.unsqueeze(start, 1), none, prefix)
  x = __torch__.embed(net, ids.view([-1]), c)
  for layer in range(c[0]):
    at = __torch__.layer_at(layer)
    q, k, v = __torch__.group_heads(x, net, at, turn, [b, 1, w], c, epsilon)
    kc, vc = cache[2 * layer], cache[2 * layer + 1]
    if commit:
      if uniform:
        torch.copy_(torch.narrow(kc, 2, int(start[0]), w), k.view([b, c[2], w, d]))
        torch.copy_(torch.narrow(vc, 2, int(start[0]), w), v.view([b, c[2], w, d]))
      else:
        index = positions.view([b, 1, w, 1]).expand([b, c[2], w, d])
        torch.scatter_(kc, 2, index, k.view([b, c[2], w, d]))
        torch.scatter_(vc, 2, index, v.view([b, c[2], w, d]))
    if not commit or layer + 1 < c[0]:
      kp, vp = torch.narrow(kc, 2, 0, prefix), torch.narrow(vc, 2, 0, prefix)
      if torch.numel(rows) > 0:
        kp, vp = torch.index_select(kp, 0, rows), torch.index_select(vp, 0, rows)
      y = __torch__.group_rows(__torch__.attend(q, kp, vp, k, v, bias, none), [b, 1, w], c)
      if layer + 1 == c[0]:
        x, y = torch.index_select(x, 0, open), torch.index_select(y, 0, open)
      x = __torch__.add_product(x, y, net[at + 5])
      x = __torch__.feed_forward(x, net, at, epsilon)
  return x

# Probabilities (M, V) of scores (M, V) after temperature and filters.
def distribution(scores: Tensor, settings: List[float]) -> Tensor:
  greedy = settings[0] == 0.
  y = scores
  if not greedy and settings[0] != 1.:
    y = y / settings[0]
  k, v = int(settings[1]), torch.size(scores, 1)
  if greedy or ((k == 0 or k >= v) and settings[2] >= 1.):
    p = torch.softmax(y, -1)
  else:
    if k == 0 or k > v:
      k = v
    top, index = torch.sort(y, stable=True, dim=-1, descending=True)
    q = torch.softmax(torch.narrow(top, -1, 0, k), -1)
    index = torch.narrow(index, -1, 0, k)
    if settings[2] < 1.:
      before = torch.narrow(torch.cumsum(q, -1), -1, 0, k - 1)
      before = torch.cat([torch.zeros_like(torch.narrow(q, -1, 0, 1)), before], -1)
      q = torch.masked_fill(q, torch.ge(before, settings[2]), 0.)
      q = q / torch.sum(q, [-1], True)
    p = torch.scatter(torch.zeros_like(y), -1, index, q)
  return p

# Draws one token (M, 1) for each row of probabilities (M, V) with quantiles u (M, float64).
def draw(p: Tensor, u: Tensor, settings: List[float]) -> Tensor:
  if settings[0] == 0.:
    token = torch.argmax(p, -1, True)
  else:
    v = torch.size(p, 1)
    quantiles = torch.cumsum(p, -1, dtype=7)
    total = torch.narrow(quantiles, -1, v - 1, 1)
    below = torch.minimum(torch.unsqueeze(u, -1), torch.nextafter(total, torch.zeros_like(total)))
    token = torch.clamp(torch.searchsorted(quantiles, below, right=True), None, v - 1)
  return token

# Confidences (M) in the drawn tokens (M, 1); order (M) is the random one.
def confidence(scores: Tensor, p: Tensor, token: Tensor, order: Tensor, settings: List[float]) -> Tensor:
  rule = int(settings[6])
  q = p
  if settings[7] == 1.:
    q = torch.softmax(scores, -1)
  if rule == 0:
    c = torch.squeeze(torch.gather(q, -1, token), -1)
  elif rule == 1:
    best, index = torch.topk(q, 2)
    c = torch.select(best, -1, 0) - torch.select(best, -1, 1)
  elif rule == 2:
    c = torch.neg(torch.sum(torch.special_entr(q), [-1]))
  else:
    c = order.to(p.dtype)
  return c

# What positions (M) are ranked by: confidence c (M) in the drawn tokens (M), less for padding; or, to draw positions without
# replacement from softmax(c / temperature), that with Gumbel noise from the random order (M).
def ranks(c: Tensor, token: Tensor, order: Tensor, settings: List[float]) -> Tensor:
  y = c
  if settings[9] != 1.:
    y = torch.where(torch.eq(token, int(settings[10])), y / settings[9], y)
  if settings[8] > 0.:
    y = y / settings[8] - torch.log(torch.neg(torch.log(order))).to(c.dtype)
  return y

# Which masked positions (S, w) a step reveals; a quota of w reveals all. Ties go to the leftmost.
def reveal(masked: Tensor, confidence: Tensor, entropy: Tensor, quota: int, settings: List[float]) -> Tensor:
  policy = int(settings[3])
  if quota >= torch.size(masked, 1):
    chosen = masked
  elif policy == 0:
    chosen = torch.le(torch.cumsum(masked, -1), quota)
  elif policy == 3:
    key = torch.masked_fill(entropy, torch.logical_not(masked), inf)
    sorted, order = torch.sort(key, stable=True, dim=-1, descending=False)
    within = torch.lt(torch.cumsum(sorted, -1), settings[4])
    torch.fill_(torch.select(within, -1, 0), True)
    chosen = torch.scatter(torch.zeros_like(within), -1, order, within)
  else:
    key = torch.masked_fill(confidence, torch.logical_not(masked), -inf)
    order = torch.argsort(key, stable=True, dim=-1, descending=True)
    first = torch.lt(torch.arange(torch.size(key, 1), device=key.device), quota).expand(key.size())
    chosen = torch.scatter(torch.zeros_like(masked), -1, order, first)
    if policy == 2:
      chosen = torch.logical_or(chosen, torch.gt(key, settings[4]))
    elif policy == 4:
      chosen = torch.logical_or(chosen, torch.ge(key, settings[4]))
  return torch.logical_and(chosen, masked)

# One selection: scores (M, V) of the open positions `open` (M), indices into (S * w), with random numbers u (float64): M
# quantiles, followed by M confidences if these are random. Returns int32 (2, M): drawn token and whether it is revealed,
# and float (M): log-probability of the draw.
def decode(scores: Tensor, open: Tensor, u: Tensor, shape: List[int], quota: int, settings: List[float]) -> Tuple[Tensor, Tensor]:
  m = torch.size(scores, 0)
  q = __torch__.distribution(scores, settings)
  drawn = __torch__.draw(q, torch.narrow(u, 0, 0, m), settings)
  order = torch.narrow(u, 0, torch.size(u, 0) - m, m)
  sure = __torch__.confidence(scores, q, drawn, order, settings)
  token, p = torch.squeeze(drawn, -1), torch.squeeze(torch.gather(q, -1, drawn), -1)
  sure = __torch__.ranks(sure, token, order, settings)
  if settings[3] == 3.:
    entropy = torch.sum(torch.special_entr(q), [-1])
  else:
    entropy = torch.zeros_like(p)
  blank = torch.zeros([shape[0] * shape[1]], dtype=p.dtype, device=p.device)
  masked = torch.index_fill(blank, 0, open, 1.).to(11).view(shape)
  confidence = torch.index_copy(blank, 0, open, sure).view(shape)
  spread = torch.index_copy(blank, 0, open, entropy).view(shape)
  chosen = __torch__.reveal(masked, confidence, spread, quota, settings)
  kept = torch.index_select(chosen.view([-1]), 0, open)
  return (torch.stack([token, kept], 0).to(3), torch.log(p))
