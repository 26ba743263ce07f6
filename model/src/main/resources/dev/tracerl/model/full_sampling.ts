# Sampling with full attention: windows of sequences that see the cached positions before them and each other.

# Hidden states (M, D) of the rows `open` (M), indices into (S * W), of windows ids (S, W) that start at positions
# start (S), or (1) if all are equal. `length` (S) rows of a window exist, or all of them if it has one element only. The
# cache holds the first `prefix` positions of sequences `rows` (all, if that is empty), of which those before the window
# are seen; it is empty for whole sequences. Also returns the windows' own keys and values, [keys, values] for each layer.
def window_forward(net: List[Tensor], cache: List[Tensor], rows: Tensor, ids: Tensor, start: Tensor, length: Tensor, open: Tensor, prefix: int, c: List[int], epsilon: float) -> Tuple[Tensor, List[Tensor]]:
  b, w, d = torch.size(ids, 0), torch.size(ids, 1), c[3]
  none = torch.zeros([0], device=ids.device)
  positions = torch.add(torch.unsqueeze(start, 1), torch.arange(w, device=ids.device)).expand([b, w])
  # Rows that do not exist may lie behind the last position.
  positions = torch.clamp(torch.reshape(positions, [-1]), None, torch.size(net[0], 0) - 1)
  turn = __torch__.turns(net, positions)
  bias, own_bias = none, none
  # One element may also be the only window, which need not begin where the cache ends.
  if torch.size(start, 0) > 1 or (prefix > 0 and int(start[0]) < prefix):
    bias = __torch__.prefix_bias(torch.unsqueeze(start, 1), none, prefix)
  if torch.size(length, 0) > 1:
    own_bias = __torch__.prefix_bias(torch.unsqueeze(length, 1), none, w)
  x = __torch__.embed(net, ids.view([-1]), c)
  own = annotate(List[Tensor], [])
  for layer in range(c[0]):
    at = __torch__.layer_at(layer)
    q, k, v = __torch__.group_heads(x, net, at, turn, [b, 1, w], c, epsilon)
    own.append(k.view([b, c[2], w, d]))
    own.append(v.view([b, c[2], w, d]))
    kp, vp = torch.narrow(own[2 * layer], 2, 0, 0), torch.narrow(own[2 * layer + 1], 2, 0, 0)
    if len(cache) > 0:
      kp, vp = cache[2 * layer], cache[2 * layer + 1]
      if torch.numel(rows) > 0:
        kp, vp = torch.index_select(kp, 0, rows), torch.index_select(vp, 0, rows)
    y = __torch__.group_rows(__torch__.attend(q, kp, vp, k, v, bias, own_bias), [b, 1, w], c)
    if layer + 1 == c[0]:
      x, y = torch.index_select(x, 0, open), torch.index_select(y, 0, open)
    x = __torch__.add_product(x, y, net[at + 5])
    x = __torch__.feed_forward(x, net, at, epsilon)
  return (x, own)

# One step of windows: [tokens and decisions, log-probabilities] as from `decode`, followed by the keys and values of the
# first `kept` positions. at (2, M): rows of hidden states that score the open positions, and these in the blocks
# (S * w), whose shape is (S, w).
def window_step(net: List[Tensor], cache: List[Tensor], rows: Tensor, ids: Tensor, start: Tensor, length: Tensor, at: Tensor, u: Tensor, shape: List[int], c: List[int], h: List[float]) -> List[Tensor]:
  settings = h[3:]
  kept = int(h[1])
  prefix = 0
  if len(cache) > 0:
    prefix = torch.size(cache[0], 2)
  x, own = __torch__.window_forward(net, cache, rows, ids, start, length, torch.select(at, 0, 0), prefix, c, h[0])
  y = __torch__.scores(x, net[len(net) - 1], int(settings[5]), h[0])
  drawn, logp = __torch__.decode(y, torch.select(at, 0, 1), u, shape, int(h[2]), settings)
  out = [drawn, logp]
  if kept >= 0:
    for t in own:
      out.append(torch.contiguous(torch.narrow(t, 2, 0, kept)))
  return out
