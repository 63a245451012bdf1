//! *Which words code which event?* Predicates with their PLOVER type, mode and CAMEO code.
