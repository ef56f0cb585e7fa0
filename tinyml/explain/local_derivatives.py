"""How the outputs of a layer depend on its inputs and parameters: what a layer's explanation is made of."""

from tinyml.layers.reasons import JacobianRows, LocalDerivatives, MatrixLine, MatrixProduct, TailSum, Term, WrittenLine

__all__ = ["JacobianRows", "LocalDerivatives", "MatrixLine", "MatrixProduct", "TailSum", "Term", "WrittenLine"]
