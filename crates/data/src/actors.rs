//! *Who is it?* Countries, governments, forces, parties, groups, organisations and office holders with their names and dates.
