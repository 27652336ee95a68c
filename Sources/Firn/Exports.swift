// Who imports Firn names the types of its parts without importing those as well.
@_exported public import Backbones
@_exported public import Datasets
@_exported public import Digests
@_exported public import Heads
@_exported public import LinearAlgebra
@_exported public import Search
@_exported public import Storage
@_exported public import TensorFiles
@_exported public import Transfer
