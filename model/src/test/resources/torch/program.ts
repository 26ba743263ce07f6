class Net(Module):
  training : bool

  def scaled_sum(self, factor: Tensor, terms: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    return (__torch__.total(terms) * factor, terms)

  def slope_of_square(self, x: Tensor) -> Tensor:
    leaf = x.detach().requires_grad_(True)
    return unchecked_cast(Tensor, torch.grad([torch.sum(leaf * leaf)], [leaf])[0])
