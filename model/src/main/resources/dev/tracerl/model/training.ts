# Training on packed examples.
# batch: int64 tensors
#   [0] ids (B, G, W)   [1] positions (B, G, W)   [2] prefix rows each group sees (B, G)
#   [3] valid rows (B, G, W), or empty if all are   [4] shape: B, G, W, groups of clean text, targets T of an example
#   [5] row of each target within its example (B, T)   [6] real targets, indices into (B * T)   [7] labels (M)
# values: float32 (3, M) = advantage, old log-probability, weight
# settings: float64 = epsilon, kind (0 clipped surrogate, 1 cross-entropy), clip, beta, estimator (1 or 3), temperature,
#   scale, mask token (-1: none excluded)

# Hidden states (M, D) of the real targets. In the last layer only the targets are queries.
def packed_forward(net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  s = __torch__.integers(batch[4])
  b, n, w, clean, t = s[0], s[1], s[2], s[3], s[4]
  heads, kv, d = c[1], c[2], c[3]
  device = batch[1].device
  turn = __torch__.turns(net, batch[1].view([-1]))
  none = torch.zeros([0], device=device)
  own_bias = none
  clean_valid = none
  if torch.numel(batch[3]) > 0:
    clean_valid = torch.reshape(torch.narrow(batch[3], 1, 0, clean), [b, clean * w])
    own_bias = torch.masked_fill(torch.zeros([b, 1, n, 1, w], device=device), torch.eq(batch[3].view([b, 1, n, 1, w]), 0), -1e30)
  bias = __torch__.prefix_bias(batch[2], clean_valid, clean * w)
  x = torch.embedding(net[1], batch[0].view([-1]))
  last = c[0] - 1
  for layer in range(last):
    at = __torch__.layer_at(layer)
    q, k, v = __torch__.group_heads(x, net, at, turn, [b, n, w], c, epsilon)
    kc = torch.narrow(k, 2, 0, clean).view([b, kv, clean * w, d])
    vc = torch.narrow(v, 2, 0, clean).view([b, kv, clean * w, d])
    y = __torch__.attend(q, kc, vc, k, v, bias, own_bias)
    x = torch.addmm(x, __torch__.group_rows(y, [b, n, w], c), torch.t(net[at + 5]))
    x = __torch__.feed_forward(x, net, at, epsilon)
  at = __torch__.layer_at(last)
  h = x * __torch__.inverse_rms(x, epsilon)
  base = torch.arange(b, device=device).view([b, 1])
  rows = torch.add(batch[5], base * (n * w)).view([-1])
  groups = torch.add(torch.floor_divide(batch[5], w), base * n).view([-1])
  wq, wk = torch.split_with_sizes(net[at], [heads * d, kv * d], 0)
  bq, bk = net[at + 2], net[at + 2]
  if torch.numel(net[at + 2]) > 0:
    bq, bk = torch.split_with_sizes(net[at + 2], [heads * d, kv * d], 0)
  sq, sk = torch.split_with_sizes(net[at + 4], [heads, kv], 0)
  q = __torch__.project(torch.index_select(h, 0, rows), wq, bq).view([-1, heads, d])
  q = __torch__.rotate(q, sq, torch.index_select(turn, 0, rows), c, epsilon)
  q = torch.permute(q.view([b, t, kv, heads // kv, d]), [0, 2, 1, 3, 4]).contiguous()
  k = __torch__.project(h, wk, bk).view([-1, kv, d])
  k = __torch__.rotate(k, sk, turn, c, epsilon).view([b, n * w, kv, d])
  v = __torch__.project(h, net[at + 1], net[at + 3]).view([b, n * w, kv, d])
  kc = torch.permute(torch.narrow(k, 1, 0, clean * w), [0, 2, 1, 3]).contiguous()
  vc = torch.permute(torch.narrow(v, 1, 0, clean * w), [0, 2, 1, 3]).contiguous()
  ko = torch.index_select(k.view([b * n, w * kv * d]), 0, groups).view([b, t, w, kv, d])
  vo = torch.index_select(v.view([b * n, w * kv * d]), 0, groups).view([b, t, w, kv, d])
  ko = torch.permute(ko, [0, 3, 1, 2, 4]).contiguous()
  vo = torch.permute(vo, [0, 3, 1, 2, 4]).contiguous()
  local = torch.floor_divide(batch[5], w)
  bias = torch.gather(bias.view([b, n, clean * w]), 1, torch.unsqueeze(local, -1).expand([b, t, clean * w])).view([b, 1, t, 1, clean * w])
  if torch.numel(own_bias) > 0:
    own_bias = torch.gather(own_bias.view([b, n, w]), 1, torch.unsqueeze(local, -1).expand([b, t, w])).view([b, 1, t, 1, w])
  y = __torch__.attend(q, kc, vc, ko, vo, bias, own_bias).view([b, kv, t, heads // kv, d])
  y = torch.reshape(torch.permute(y, [0, 2, 1, 3, 4]), [b * t, heads * d])
  y = torch.index_select(y, 0, batch[6])
  x = torch.index_select(torch.index_select(x, 0, rows), 0, batch[6])
  x = torch.addmm(x, y, torch.t(net[at + 5]))
  return __torch__.feed_forward(x, net, at, epsilon)

# Log-probabilities (M) of the labels under scores (M, V).
def label_log_probs(scores: Tensor, labels: Tensor, temperature: float) -> Tensor:
  y = scores
  if temperature != 1.:
    y = y / temperature
  return torch.squeeze(torch.gather(torch.log_softmax(y, -1), -1, torch.unsqueeze(labels, -1)), -1)

# The objective of core.loss.TraceRlLoss, or cross-entropy: its terms (M), which add up to the loss, and float64 (6) =
# policy loss, KL loss, sums over targets of KL estimate, clipped, ratio and squared ratio.
def objective(logp: Tensor, values: Tensor, settings: List[float]) -> Tuple[Tensor, Tensor]:
  advantage, old, weight = values[0], values[1], values[2] * settings[6]
  if settings[1] == 1.:
    terms = torch.neg(weight * logp)
    sums = torch.zeros([6], dtype=7, device=logp.device)
    torch.copy_(sums[0], torch.sum(terms.detach(), dtype=7))
  else:
    d = logp - old
    bounded = torch.clamp(d, -10., 10.)
    ratio = torch.exp(bounded)
    limited = torch.clamp(ratio, 1. - settings[2], 1. + settings[2])
    policy = torch.neg(weight * torch.minimum(ratio * advantage, limited * advantage))
    kl = d
    if settings[4] != 1.:
      kl = torch.expm1(torch.neg(bounded)) + d
    divergence = weight * kl * settings[3]
    terms = policy + divergence
    high = torch.logical_and(torch.gt(advantage, 0), torch.gt(ratio, 1. + settings[2]))
    low = torch.logical_and(torch.lt(advantage, 0), torch.lt(ratio, 1. - settings[2]))
    clipped = torch.logical_or(high, low).to(logp.dtype)
    each = torch.stack([policy, divergence, kl, clipped, ratio, ratio * ratio])
    sums = torch.sum(each.detach(), [1], dtype=7)
  return (terms, sums)

# Adds the loss's gradient to g and returns diagnostics and which targets are not finite; adds nothing if one is not.
def accumulate(p: List[Tensor], rotations: Tensor, g: List[Tensor], batch: List[Tensor], values: Tensor, c: List[int], settings: List[float]) -> Tuple[Tensor, Tensor]:
  leaves = annotate(List[Tensor], [])
  for x in p:
    leaves.append(x.detach().requires_grad_(True))
  net = __torch__.prepare(leaves, rotations, c)
  hidden = __torch__.packed_forward(net, batch, c, settings[0])
  y = __torch__.scores(hidden, net[len(net) - 1], int(settings[7]), settings[0])
  logp = __torch__.label_log_probs(y, batch[7], settings[5])
  terms, sums = __torch__.objective(logp, values, settings)
  if bool(torch.isfinite(sums[0] + sums[1])):
    gradients = annotate(List[Tensor], [])
    for x in torch.grad([torch.sum(terms)], leaves):
      gradients.append(unchecked_cast(Tensor, x))
    torch._foreach_add_(g, gradients)
  return (sums, torch.logical_not(torch.isfinite(terms.detach())).to(3))

# The tensors that are matrices, or those that are not.
def pick(x: List[Tensor], like: List[Tensor], matrices: bool) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for i in range(len(x)):
    matrix = torch.dim(like[i]) > 1
    if (matrix and matrices) or (not matrix and not matrices):
      out.append(x[i])
  return out

# Clips the global norm of g, takes a step of AdamW and clears g. Vectors (norms, biases) do not decay. Does nothing if
# the norm is not finite. h = learning rate, beta1, beta2, epsilon, weight decay, largest norm (0: off)
def adamw(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], h: List[float]) -> Tensor:
  norm = torch.norm(torch.stack(torch._foreach_norm(g, 2)))
  if bool(torch.isfinite(norm)):
    if h[5] > 0.:
      torch._foreach_mul_(g, torch.clamp(torch.div(h[5], norm + 1e-6), None, 1.))
    torch._foreach_add_(steps, 1)
    for turn in range(2):
      matrices = turn == 0
      decay = h[4]
      if not matrices:
        decay = 0.
      torch._fused_adamw_(__torch__.pick(p, p, matrices), __torch__.pick(g, p, matrices), __torch__.pick(m, p, matrices), __torch__.pick(v, p, matrices), annotate(List[Tensor], []), __torch__.pick(steps, p, matrices), lr=h[0], beta1=h[1], beta2=h[2], weight_decay=decay, eps=h[3], amsgrad=False, maximize=False)
    torch._foreach_zero_(g)
  return norm
