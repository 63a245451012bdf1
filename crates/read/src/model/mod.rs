//! *What does the encoder make of these sentences?* The only door to a neural runtime.
