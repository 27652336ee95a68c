/// The version of Firn, which head versions and stores record.
public let version = "0.1.0"
