# Training on packed examples: batch as in `packed.ts`.
# values: float32 (3, M) = advantage, old log-probability, weight, or (4, M) with the reference's log-probability for the
#   KL term
# settings: float64 = epsilon, kind (0 clipped surrogate, 1 cross-entropy), clip, beta, estimator (1 or 3), temperature,
#   scale, mask token (-1: none excluded), then the two of `computed_again`

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
    near = bounded
    if torch.size(values, 0) > 3:
      kl = logp - values[3]
      near = torch.clamp(kl, -10., 10.)
    if settings[4] != 1.:
      kl = torch.expm1(torch.neg(near)) + kl
    divergence = weight * kl * settings[3]
    terms = policy + divergence
    high = torch.logical_and(torch.gt(advantage, 0), torch.gt(ratio, 1. + settings[2]))
    low = torch.logical_and(torch.lt(advantage, 0), torch.lt(ratio, 1. - settings[2]))
    clipped = torch.logical_or(high, low).to(logp.dtype)
    each = torch.stack([policy, divergence, kl, clipped, ratio, ratio * ratio])
    sums = torch.sum(each.detach(), [1], dtype=7)
  return (terms, sums)

# How many targets are scored at a time: scores of at most 32 MiB, whatever the batch.
def chunk_size(vocabulary: int) -> int:
  return max(1, 8388608 // vocabulary)

# Logarithms of the distribution of normalized states h (M, D): (M, V), without gradients.
def log_distribution(h: Tensor, head: Tensor, temperature: float, mask_token: int) -> Tensor:
  y = __torch__.head_scores(h, head, mask_token)
  if temperature != 1.:
    y = torch.div_(y, temperature)
  return torch.log_softmax(y, -1)

# Log-probabilities (M) of the labels of normalized states h (M, D), in chunks, without gradients.
def head_log_probs(h: Tensor, head: Tensor, labels: Tensor, settings: List[float]) -> Tensor:
  out = annotate(List[Tensor], [])
  size = __torch__.chunk_size(torch.size(head, 0))
  hs, ls = torch.split(h, size, 0), torch.split(labels, size, 0)
  for i in range(len(hs)):
    y = __torch__.log_distribution(hs[i], head, settings[5], int(settings[7]))
    out.append(torch.squeeze(torch.gather(y, -1, torch.unsqueeze(ls[i], -1)), -1))
  return torch.cat(out, 0)

# The objective at normalized states h (M, D) with its gradients, chunk by chunk: that of h, in its type; that of the head,
# float32, empty if not wanted; the terms (M) and their sums.
def head_gradient(h: Tensor, head: Tensor, labels: Tensor, values: Tensor, settings: List[float], wanted: bool) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
  gh, terms, sums = annotate(List[Tensor], []), annotate(List[Tensor], []), annotate(List[Tensor], [])
  g = torch.zeros([0], device=h.device)
  size = __torch__.chunk_size(torch.size(head, 0))
  hs, ls, vs = torch.split(h, size, 0), torch.split(labels, size, 0), torch.split(values, size, 1)
  for i in range(len(hs)):
    y = __torch__.log_distribution(hs[i], head, settings[5], int(settings[7]))
    label = torch.unsqueeze(ls[i], -1)
    logp = torch.squeeze(torch.gather(y, -1, label), -1).requires_grad_(True)
    t, s = __torch__.objective(logp, vs[i], settings)
    slope = torch.unsqueeze(unchecked_cast(Tensor, torch.grad([torch.sum(t)], [logp])[0]) / settings[5], -1)
    y = torch.scatter_add_(torch.mul_(torch.exp_(y), torch.neg(slope)), -1, label, slope).to(h.dtype)
    gh.append(torch.mm(y, head))
    if wanted and i == 0:
      g = torch.mm(torch.t(y), hs[i]).to(6)
    elif wanted and h.dtype == 6:
      g = torch.addmm_(g, torch.t(y), hs[i])
    elif wanted:
      g = torch.add_(g, torch.mm(torch.t(y), hs[i]))
    terms.append(t.detach())
    sums.append(s)
  return (torch.cat(gh, 0), g, torch.cat(terms, 0), torch.sum(torch.stack(sums), [0]))

# Gradients of net (zero-size where there is none), terms of the targets (M) and their sums.
def net_gradient(net: List[Tensor], batch: List[Tensor], values: Tensor, c: List[int], settings: List[float]) -> Tuple[List[Tensor], Tensor, Tensor]:
  leaves = __torch__.cut(net, True)
  again, apart = __torch__.computed_again(batch, c, settings)
  inputs, kept = __torch__.packed_record(leaves, batch, c, settings[0], again, apart)
  last = len(net) - 1
  head = leaves[last].detach()
  if __torch__.lowered(c):
    head = head.to(15)
  x = inputs.pop(-1).requires_grad_(True)
  h = __torch__.normalized(x, head, settings[0])
  gh, g_head, terms, sums = __torch__.head_gradient(h.detach(), head, batch[7], values, settings, net[last].requires_grad)
  gx = __torch__.slopes([h], [x], [gh])[0]
  out = __torch__.packed_backward(leaves, batch, inputs, kept, gx, c, settings[0], again, apart)
  out[last] = g_head
  return (out, terms, sums)

# Adds the gradient of net to those of the parameters that it was made from.
def add_gradient(net: List[Tensor], gradient: List[Tensor], leaves: List[Tensor], g: List[Tensor]) -> Tensor:
  outputs = annotate(List[Tensor], [])
  slopes = annotate(List[Optional[Tensor]], [])
  for i in range(len(net)):
    if net[i].requires_grad:
      outputs.append(net[i])
      slopes.append(gradient[i])
  found = torch.grad(outputs, leaves, slopes)
  for i in range(len(leaves)):
    torch.add_(g[i], unchecked_cast(Tensor, found[i]))
  return g[0]

# What is trained are pieces of p, each some rows of one of its tensors, or adapters of such pieces.
# plan: float64 = scale, and for each piece, in the order of p: tensor, first row, rows
# x: scale 0: the pieces; otherwise A (r, in) and B (out, r) for each piece, to which they add scale * B A

# The pieces themselves, sharing p's memory.
def rows(p: List[Tensor], plan: List[float]) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for i in range(len(plan) // 3):
    out.append(torch.narrow(p[int(plan[3 * i + 1])], 0, int(plan[3 * i + 2]), int(plan[3 * i + 3])))
  return out

# p with its pieces as x makes them. A tensor without a piece stays as it is; one that is a piece is x's own.
def merge(p: List[Tensor], x: List[Tensor], plan: List[float]) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  n, at = len(plan) // 3, 0
  for i in range(len(p)):
    w = p[i]
    parts = annotate(List[Tensor], [])
    row = 0
    while at < n and int(plan[3 * at + 1]) == i:
      first = int(plan[3 * at + 2])
      if first > row:
        parts.append(torch.narrow(w, 0, row, first - row))
      count = int(plan[3 * at + 3])
      if plan[0] == 0.:
        parts.append(x[at])
      else:
        parts.append(torch.addmm(torch.narrow(w, 0, first, count), x[2 * at + 1], x[2 * at], alpha=plan[0]))
      row = first + count
      at = at + 1
    if row < torch.size(w, 0):
      parts.append(torch.narrow(w, 0, row, torch.size(w, 0) - row))
    if row == 0:
      out.append(w)
    elif len(parts) == 1:
      out.append(parts[0])
    else:
      out.append(torch.cat(parts, 0))
  return out

# Adds the loss's gradient with respect to x to g and returns diagnostics and which targets are not finite; adds nothing if
# one is not.
def accumulate(p: List[Tensor], x: List[Tensor], rotations: Tensor, g: List[Tensor], batch: List[Tensor], values: Tensor, plan: List[float], c: List[int], settings: List[float]) -> Tuple[Tensor, Tensor]:
  leaves = annotate(List[Tensor], [])
  for each in x:
    leaves.append(each.detach().requires_grad_(True))
  net = __torch__.prepare(__torch__.merge(p, leaves, plan), rotations, c)
  gradient, terms, sums = __torch__.net_gradient(net, batch, values, c, settings)
  if bool(torch.isfinite(sums[0] + sums[1])):
    __torch__.add_gradient(net, gradient, leaves, g)
  return (sums, torch.logical_not(torch.isfinite(terms)).to(3))

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
      chosen = __torch__.pick(p, p, matrices)
      if len(chosen) > 0:
        torch._fused_adamw_(chosen, __torch__.pick(g, p, matrices), __torch__.pick(m, p, matrices), __torch__.pick(v, p, matrices), annotate(List[Tensor], []), __torch__.pick(steps, p, matrices), lr=h[0], beta1=h[1], beta2=h[2], weight_decay=decay, eps=h[3], amsgrad=False, maximize=False)
    torch._foreach_zero_(g)
  return norm
