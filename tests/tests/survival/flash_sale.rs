//! Many more shoppers than pieces, all at once.
