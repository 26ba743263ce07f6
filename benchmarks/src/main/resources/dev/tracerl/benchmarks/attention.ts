# The attention of a training step by itself.

class Net(Module):
  training : bool

  def longs(self, batch: List[Tensor]) -> List[Tensor]:
    return __torch__.longs(batch)

  # Made-up queries, keys, values and slopes of attention's output, for every layer.
  def heads(self, batch: List[Tensor], config: Tensor) -> List[Tensor]:
    c = __torch__.integers(config)
    n, m = torch.size(batch[0], 0), torch.size(batch[5], 0)
    out = annotate(List[Tensor], [])
    for layer in range(c[0]):
      rows = n
      if layer + 1 == c[0]:
        rows = m
      out.append(torch.randn([rows, c[1], c[3]]))
      out.append(torch.randn([n, c[2], c[3]]))
      out.append(torch.randn([n, c[2] * c[3]]))
      out.append(torch.randn([rows, c[1] * c[3]]))
    return out

  # The attention of all layers with its gradient, from what `heads` made: masks, keys and values of tiles, products and
  # probabilities, in the order of the step. hyper: float64 = bytes of probabilities beyond which these are computed again
  def attention(self, heads: List[Tensor], batch: List[Tensor], config: Tensor, hyper: Tensor) -> Tensor:
    c = __torch__.integers(config)
    plan = __torch__.integers(batch[4])
    apart = __torch__.attention_bytes(plan, c) > float(hyper[0])
    sights = __torch__.all_sights(batch, plan)
    kept = annotate(List[Tensor], [])
    for layer in range(c[0]):
      x = heads[4 * layer:4 * layer + 3]
      if not apart:
        x = annotate(List[Tensor], [])
        for each in heads[4 * layer:4 * layer + 3]:
          x.append(each.detach().requires_grad_(True))
        kept.extend(x)
      kept.append(__torch__.layer_attention(layer, x, batch, plan, sights, c))
    # The way back makes the masks again.
    sights = __torch__.all_sights(batch, plan)
    found = annotate(List[Tensor], [])
    for i in range(c[0]):
      layer = c[0] - 1 - i
      g = heads[4 * layer + 3]
      y = kept.pop(-1)
      if apart:
        x = heads[4 * layer:4 * layer + 3]
        found = __torch__.attend_slopes(x, __torch__.tiles(plan, i == 0), plan[0], sights[int(i == 0)], c, g)
      else:
        v, k, q = kept.pop(-1), kept.pop(-1), kept.pop(-1)
        found = __torch__.slopes([y], [q, k, v], [g])
    return found[0]
