# The value model: a transformer of its own whose head has one row. Batches are those of `training.ts`.
# targets: float32 (3, M) = return, value before the update, weight
# settings: float64 = epsilon, clip, scale

# Values (M) of the targets.
def target_values(net: List[Tensor], batch: List[Tensor], c: List[int], epsilon: float) -> Tensor:
  x = __torch__.packed_forward(net, batch, c, epsilon)
  return torch.squeeze(__torch__.scores(x, net[len(net) - 1], -1, epsilon), -1)

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
  values = __torch__.target_values(__torch__.prepare(leaves, rotations, c), batch, c, settings[0])
  terms, sums = __torch__.value_objective(values, targets, settings)
  if bool(torch.isfinite(sums[0])):
    gradients = annotate(List[Tensor], [])
    for x in torch.grad([torch.sum(terms)], leaves):
      gradients.append(unchecked_cast(Tensor, x))
    torch._foreach_add_(g, gradients)
  return (sums, torch.logical_not(torch.isfinite(terms.detach())).to(3))
