//! *How good and how fast is it?* Evaluations that need the library rather than the command.
