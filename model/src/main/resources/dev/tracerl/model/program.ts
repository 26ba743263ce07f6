# What Java calls. Integers arrive as int32 and become int64 here; config and hyper stay on the host.

class Net(Module):
  training : bool

  # Weights ready for `prefill`, `denoise` and `commit`.
  def prepare(self, p: List[Tensor], rotations: Tensor, config: Tensor) -> List[Tensor]:
    c = __torch__.integers(config)
    return __torch__.lower(__torch__.prepare(p, rotations, c), c)

  def copies(self, x: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for t in x:
      out.append(torch.clone(t))
    return out

  # Rows that lie in several buffers as one tensor.
  def join(self, parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)

  def zeros(self, x: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for t in x:
      out.append(torch.zeros_like(t))
    return out

  def assign(self, x: List[Tensor], values: List[Tensor]) -> Tensor:
    for i in range(len(x)):
      torch.copy_(x[i], values[i])
    return torch.zeros([0])

  # hyper: float64 = epsilon, block size
  def prefill(self, net: List[Tensor], ids: Tensor, config: Tensor, hyper: Tensor) -> List[Tensor]:
    h = __torch__.reals(hyper)
    return __torch__.prefill(net, ids.to(4), int(h[1]), __torch__.integers(config), h[0])

  # A cache for the sequences `rows` of an old one, followed by empty rows up to sizes[0] in all, with room for
  # sizes[1] tokens, of type sizes[2].
  def resize(self, cache: List[Tensor], rows: Tensor, sizes: Tensor) -> List[Tensor]:
    return __torch__.resize(cache, rows.to(4), int(sizes[0]), int(sizes[1]), int(sizes[2]))

  # Copies prefixes[source] into the sequences `rows` of the cache.
  def place(self, cache: List[Tensor], prefixes: List[Tensor], rows: Tensor, source: Tensor) -> Tensor:
    return __torch__.place(cache, prefixes, rows.to(4), source.to(4))

  # hyper: float64 = epsilon, longest prefix, quota, settings of `sampling.ts`
  def denoise(self, net: List[Tensor], cache: List[Tensor], rows: Tensor, ids: Tensor, start: Tensor, open: Tensor, u: Tensor, config: Tensor, hyper: Tensor) -> Tuple[Tensor, Tensor]:
    h = __torch__.reals(hyper)
    c = __torch__.integers(config)
    settings = h[3:]
    where = open.to(4)
    x = __torch__.block_forward(net, cache, rows.to(4), ids.to(4), start.to(4), where, int(h[1]), c, h[0])
    y = __torch__.scores(x, net[len(net) - 1], int(settings[5]), h[0])
    return __torch__.decode(y, where, u, ids.size(), int(h[2]), settings)

  # hyper: float64 = epsilon, longest prefix
  def commit(self, net: List[Tensor], cache: List[Tensor], ids: Tensor, start: Tensor, config: Tensor, hyper: Tensor) -> Tensor:
    h = __torch__.reals(hyper)
    none = torch.zeros([0], dtype=4)
    __torch__.block_forward(net, cache, none, ids.to(4), start.to(4), none, int(h[1]), __torch__.integers(config), h[0])
    return none

  # A step over whole sequences ids (S, T). hyper: float64 = epsilon, positions to keep for a cache (-1: none), quota,
  # settings of `sampling.ts`
  def whole(self, net: List[Tensor], ids: Tensor, length: Tensor, at: Tensor, u: Tensor, shape: Tensor, config: Tensor, hyper: Tensor) -> List[Tensor]:
    none = torch.zeros([0], dtype=4, device=ids.device)
    start = torch.zeros([1], dtype=4, device=ids.device)
    empty = annotate(List[Tensor], [])
    return __torch__.window_step(net, empty, none, ids.to(4), start, length.to(4), at.to(4), u, __torch__.integers(shape), __torch__.integers(config), __torch__.reals(hyper))

  # A step over windows that start behind cached positions. hyper as for `whole`
  def window(self, net: List[Tensor], cache: List[Tensor], rows: Tensor, ids: Tensor, place: List[Tensor], at: Tensor, u: Tensor, shape: Tensor, config: Tensor, hyper: Tensor) -> List[Tensor]:
    p = __torch__.longs(place)
    return __torch__.window_step(net, cache, rows.to(4), ids.to(4), p[0], p[1], at.to(4), u, __torch__.integers(shape), __torch__.integers(config), __torch__.reals(hyper))

  # The selection alone, for scores from outside. hyper as for `denoise`
  def decode(self, scores: Tensor, open: Tensor, u: Tensor, shape: Tensor, hyper: Tensor) -> Tuple[Tensor, Tensor]:
    h = __torch__.reals(hyper)
    settings = h[3:]
    y = __torch__.exclude(scores, int(settings[5]))
    return __torch__.decode(y, open.to(4), u, __torch__.integers(shape), int(h[2]), settings)

  # See `training.ts`
  def rows(self, p: List[Tensor], plan: Tensor) -> List[Tensor]:
    return __torch__.rows(p, __torch__.reals(plan))

  def merge(self, p: List[Tensor], x: List[Tensor], plan: Tensor) -> List[Tensor]:
    return __torch__.merge(p, x, __torch__.reals(plan))

  # See `training.ts`; batch arrives as int32.
  def accumulate(self, p: List[Tensor], x: List[Tensor], g: List[Tensor], batch: List[Tensor], values: Tensor, rotations: Tensor, config: Tensor, hyper: Tensor, plan: Tensor) -> Tuple[Tensor, Tensor]:
    return __torch__.accumulate(p, x, rotations, g, __torch__.longs(batch), values, __torch__.reals(plan), __torch__.integers(config), __torch__.reals(hyper))

  def adamw(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], hyper: Tensor) -> Tensor:
    return __torch__.adamw(p, g, m, v, steps, __torch__.reals(hyper)).to(7)

  # Log-probabilities (M) of the labels. hyper as for `accumulate`
  def log_probs(self, net: List[Tensor], batch: List[Tensor], config: Tensor, hyper: Tensor) -> Tensor:
    h = __torch__.reals(hyper)
    b = __torch__.longs(batch)
    x = __torch__.packed_forward(net, b, __torch__.integers(config), h[0])
    head = net[len(net) - 1]
    return __torch__.head_log_probs(__torch__.normalized(x, head, h[0]), head, b[7], h)

  # Scores (M, V) of the targets, the mask token's included.
  def target_scores(self, net: List[Tensor], batch: List[Tensor], config: Tensor, hyper: Tensor) -> Tensor:
    h = __torch__.reals(hyper)
    x = __torch__.packed_forward(net, __torch__.longs(batch), __torch__.integers(config), h[0])
    return __torch__.scores(x, net[len(net) - 1], -1, h[0])

  # The objective and its gradient for scores (M, V) from outside.
  def loss(self, scores: Tensor, labels: Tensor, values: Tensor, hyper: Tensor) -> Tuple[Tensor, Tensor]:
    h = __torch__.reals(hyper)
    leaf = scores.detach().requires_grad_(True)
    logp = __torch__.label_log_probs(__torch__.exclude(leaf, int(h[7])), labels.to(4), h[5])
    terms, sums = __torch__.objective(logp, values, h)
    gradient = torch.grad([torch.sum(terms)], [leaf])[0]
    return (sums, unchecked_cast(Tensor, gradient))

  # See `value.ts`; batch arrives as int32.
  def accumulate_values(self, p: List[Tensor], g: List[Tensor], batch: List[Tensor], targets: Tensor, rotations: Tensor, config: Tensor, hyper: Tensor) -> Tuple[Tensor, Tensor]:
    return __torch__.accumulate_values(p, rotations, g, __torch__.longs(batch), targets, __torch__.integers(config), __torch__.reals(hyper))

  # Values (M) of the targets. hyper: float64 = epsilon
  def values(self, p: List[Tensor], batch: List[Tensor], rotations: Tensor, config: Tensor, hyper: Tensor) -> Tensor:
    c = __torch__.integers(config)
    return __torch__.target_values(__torch__.prepare(p, rotations, c), __torch__.longs(batch), c, float(hyper[0]))

  # The value loss and its gradient for values (M) from outside. hyper as for `accumulate_values`
  def value_loss(self, values: Tensor, targets: Tensor, hyper: Tensor) -> Tuple[Tensor, Tensor]:
    leaf = values.detach().requires_grad_(True)
    terms, sums = __torch__.value_objective(leaf, targets, __torch__.reals(hyper))
    gradient = torch.grad([torch.sum(terms)], [leaf])[0]
    return (sums, unchecked_cast(Tensor, gradient))
