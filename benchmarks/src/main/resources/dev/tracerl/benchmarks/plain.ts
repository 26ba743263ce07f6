# The training step as one would write it first, on the same rows.

class Net(Module):
  training : bool

  # The gradient of the step as a single graph over everything, all scores at once, added to g. Returns the same sums as `accumulate`.
  def accumulate(self, p: List[Tensor], g: List[Tensor], batch: List[Tensor], values: Tensor, rotations: Tensor, config: Tensor, hyper: Tensor) -> Tensor:
    c = __torch__.integers(config)
    h = __torch__.reals(hyper)
    b = __torch__.longs(batch)
    leaves = annotate(List[Tensor], [])
    for each in p:
      leaves.append(each.detach().requires_grad_(True))
    net = __torch__.prepare(leaves, rotations, c)
    head = net[len(net) - 1]
    x = __torch__.packed_forward(net, b, c, h[0])
    y = __torch__.exclude(torch.linear(__torch__.normalized(x, head, h[0]), head), int(h[7]))
    terms, sums = __torch__.objective(__torch__.label_log_probs(y, b[7], h[5]), values, h)
    found = torch.grad([torch.sum(terms)], leaves)
    for i in range(len(leaves)):
      torch.add_(g[i], unchecked_cast(Tensor, found[i]))
    return sums

  def adamw(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], hyper: Tensor) -> Tensor:
    return __torch__.adamw(p, g, m, v, steps, __torch__.reals(hyper)).to(7)
