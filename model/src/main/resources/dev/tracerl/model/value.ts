# The value model: a transformer of its own whose head has one row. Batches are those of `packed.ts`.
# targets: float32 (3, M) = return, value before the update, weight
# settings: float64 = epsilon, clip, scale, then the two of `computed_again`

# Values (M) from hidden states (M, D), in float32 whatever the network's precision.
def head_values(x: Tensor, head: Tensor, epsilon: float) -> Tensor:
  return torch.squeeze(__torch__.scores(x, head, -1, epsilon), -1)

# Values (M) of the targets, without gradients.
def target_values(net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  x = __torch__.packed_forward(__torch__.lower(net, c), batch, c, epsilon)
  return __torch__.head_values(x, net[len(net) - 1], epsilon)

# The objective of core.value.ClippedValueLoss: its terms (M), which add up to the loss, and float64 (2) = loss, number of
# targets that no longer move their value.
def value_objective(values: Tensor, targets: Tensor, settings: List[float]) -> Tuple[Tensor, Tensor]:
  wanted, old, weight = targets[0], targets[1], targets[2] * settings[2]
  moved = values - old
  free = values - wanted
  bounded = old + torch.clamp(moved, -settings[1], settings[1]) - wanted
  far = torch.gt(torch.abs(moved), settings[1])
  clipped = torch.logical_and(far, torch.gt(torch.abs(bounded), torch.abs(free)))
  error = torch.where(clipped, bounded, free)
  terms = weight * error * error * 0.5
  each = torch.stack([terms, clipped.to(terms.dtype)])
  return (terms, torch.sum(each.detach(), [1], dtype=7))

# Adds the loss's gradient to g and returns diagnostics and which targets are not finite; adds nothing if one is not.
def accumulate_values(p: List[Tensor], rotations: Tensor, g: List[Tensor], batch: List[Tensor], targets: Tensor, c: List[int], settings: List[float]) -> Tuple[Tensor, Tensor]:
  leaves = annotate(List[Tensor], [])
  for x in p:
    leaves.append(x.detach().requires_grad_(True))
  net = __torch__.prepare(leaves, rotations, c)
  cut = __torch__.cut(net, True)
  again, apart = __torch__.computed_again(batch, c, settings)
  inputs, kept = __torch__.packed_record(cut, batch, c, settings[0], again, apart)
  last = len(net) - 1
  x = inputs.pop(-1).requires_grad_(True)
  terms, sums = __torch__.value_objective(__torch__.head_values(x, cut[last], settings[0]), targets, settings)
  if bool(torch.isfinite(sums[0])):
    found = torch.grad([torch.sum(terms)], [x, cut[last]])
    gx, g_head = unchecked_cast(Tensor, found[0]), unchecked_cast(Tensor, found[1])
    gradient = __torch__.packed_backward(cut, batch, inputs, kept, gx, c, settings[0], again, apart)
    gradient[last] = g_head
    __torch__.add_gradient(net, gradient, leaves, g)
  return (sums, torch.logical_not(torch.isfinite(terms.detach())).to(3))
