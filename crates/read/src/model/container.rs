//! *Which numbers does this file hold under this name?* Reads the safetensors container: a JSON header, then raw numbers.

use std::collections::HashMap;

use serde_json::Value;

use crate::Error;

/// A file of named tensors.
pub struct Container {
    bytes: &'static [u8],
    tensors: HashMap<String, Tensor>,
}

struct Tensor {
    kind: String,
    shape: Vec<usize>,
    start: usize,
    end: usize,
}

impl Container {
    /// Reads the header and checks that every tensor lies within the file.
    ///
    /// # Errors
    /// If the file is no such container.
    pub fn parse(bytes: &'static [u8]) -> Result<Self, Error> {
        header(bytes)
            .map(|tensors| Self { bytes, tensors })
            .ok_or_else(|| Error::Model("not a safetensors file".to_owned()))
    }

    /// The shape of a tensor.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn shape(&self, name: &str) -> Result<&[usize], Error> {
        self.tensor(name).map(|tensor| tensor.shape.as_slice())
    }

    /// A tensor of 32-bit floating-point numbers, row by row.
    ///
    /// # Errors
    /// If there is none of that name and kind.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, Error> {
        let bytes = self.raw(name, "F32")?;
        Ok(bytes
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect())
    }

    /// A tensor of bytes, row by row.
    ///
    /// # Errors
    /// If there is none of that name and kind.
    pub fn bytes(&self, name: &str) -> Result<&'static [u8], Error> {
        self.raw(name, "I8")
    }

    fn raw(&self, name: &str, kind: &str) -> Result<&'static [u8], Error> {
        let tensor = self.tensor(name)?;
        if tensor.kind != kind {
            return Err(Error::Model(format!("tensor {name} is {}, expected {kind}", tensor.kind)));
        }
        Ok(&self.bytes[tensor.start..tensor.end])
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, Error> {
        self.tensors.get(name).ok_or_else(|| Error::Model(format!("no tensor {name}")))
    }
}

fn header(bytes: &[u8]) -> Option<HashMap<String, Tensor>> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (json, data) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let header: HashMap<String, Value> = serde_json::from_slice(json).ok()?;
    let base = bytes.len() - data.len();
    let tensors = header.into_iter().filter(|(name, _)| name != "__metadata__");
    tensors.map(|(name, entry)| Some((name, tensor(&entry, base, data.len())?))).collect()
}

fn tensor(entry: &Value, base: usize, n_bytes: usize) -> Option<Tensor> {
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let shape = entry["shape"].as_array()?.iter().map(number).collect::<Option<Vec<_>>>()?;
    let (start, end) = (number(&entry["data_offsets"][0])?, number(&entry["data_offsets"][1])?);
    let kind = entry["dtype"].as_str()?.to_owned();
    (start <= end && end <= n_bytes).then_some(Tensor { kind, shape, start: base + start, end: base + end })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"I8","shape":[2],"data_offsets":[8,10]}}"#;

    fn file() -> &'static [u8] {
        let mut bytes = (HEADER.len() as u64).to_le_bytes().to_vec();
        bytes.extend(HEADER.bytes());
        bytes.extend([1f32, -2.5].iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend([7, 255]);
        bytes.leak()
    }

    #[test]
    fn tensors_are_found_by_name() {
        let container = Container::parse(file()).unwrap();
        assert_eq!(container.floats("a").unwrap(), [1.0, -2.5]);
        assert_eq!(container.bytes("b").unwrap(), [7, 255]);
        assert_eq!(container.shape("a").unwrap(), [1, 2]);
        assert!(container.floats("b").is_err() && container.floats("c").is_err());
    }

    #[test]
    fn a_cut_file_is_an_error() {
        let bytes = file();
        assert!((0..bytes.len()).all(|end| Container::parse(&bytes[..end]).is_err()));
    }
}
