//! *Which vector solves these few equations?* Symmetric positive definite matrices of some dozens of rows, stored whole,
//! row after row.

/// The lower triangle L of A = L Lᵀ, or `None` if A is not positive definite to working precision.
pub fn cholesky(matrix: &[f64], n: usize) -> Option<Vec<f64>> {
    let mut lower = matrix.to_vec();
    for row in 0..n {
        for column in 0..=row {
            let (done, rest) = (row * n, column * n);
            let dot: f64 = (0..column).map(|k| lower[done + k] * lower[rest + k]).sum();
            let left = lower[done + column] - dot;
            if row == column {
                let is_positive = left > 1e-13 * matrix[done + row].abs() && left.is_finite();
                lower[done + row] = is_positive.then(|| left.sqrt())?;
            } else {
                lower[done + column] = left / lower[rest + column];
            }
        }
    }
    Some(lower)
}

/// The solution x of L Lᵀ x = b.
pub fn solve(lower: &[f64], n: usize, right: &[f64]) -> Vec<f64> {
    let mut x = right.to_vec();
    for row in 0..n {
        let dot: f64 = (0..row).map(|k| lower[row * n + k] * x[k]).sum();
        x[row] = (x[row] - dot) / lower[row * n + row];
    }
    for row in (0..n).rev() {
        let dot: f64 = (row + 1..n).map(|k| lower[k * n + row] * x[k]).sum();
        x[row] = (x[row] - dot) / lower[row * n + row];
    }
    x
}

/// The diagonal of the inverse of L Lᵀ.
pub fn inverse_diagonal(lower: &[f64], n: usize) -> Vec<f64> {
    let unit = |at: usize| (0..n).map(|k| f64::from(u8::from(k == at))).collect::<Vec<_>>();
    (0..n).map(|at| solve(lower, n, &unit(at))[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(matrix: &[f64], right: &[f64], expected: Option<&[f64]>) {
        let n = right.len();
        let found = cholesky(matrix, n).map(|lower| solve(&lower, n, right));
        match (found, expected) {
            (None, None) => {}
            (Some(x), Some(y)) => {
                assert!(x.iter().zip(y).all(|(x, y)| (x - y).abs() < 1e-12), "{x:?} is not {y:?}");
            }
            (found, _) => panic!("{found:?} is not {expected:?}"),
        }
    }

    #[test]
    fn equations_are_solved_or_refused() {
        check(&[4.0, 2.0, 2.0, 3.0], &[8.0, 7.0], Some(&[1.25, 1.5]));
        check(&[1.0, 2.0, 2.0, 1.0], &[1.0, 1.0], None);
        check(&[1.0, 1.0, 1.0, 1.0], &[1.0, 1.0], None);
        check(&[f64::NAN], &[1.0], None);
        check(&[], &[], Some(&[]));
    }

    #[test]
    fn the_inverse_has_this_diagonal() {
        let lower = cholesky(&[4.0, 2.0, 2.0, 3.0], 2).unwrap();
        let diagonal = inverse_diagonal(&lower, 2);
        assert!((diagonal[0] - 0.375).abs() < 1e-12 && (diagonal[1] - 0.5).abs() < 1e-12, "{diagonal:?}");
    }
}
