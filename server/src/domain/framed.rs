//! One unambiguous text of bytes for several values, so that a keyed hash or a seal covers each of them.

/// Values one after the other, each behind its length: no two different lists give the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Framed(Vec<u8>);

impl Framed {
    /// Begins with the name and version of what is encoded, so that one kind is never taken for another.
    #[must_use]
    pub fn new(label: &str) -> Self {
        Self::default().field(label.as_bytes())
    }

    /// Adds a value: eight bytes of length, big-endian, then the value.
    #[must_use]
    pub fn field(mut self, value: &[u8]) -> Self {
        self.0.extend((value.len() as u64).to_be_bytes());
        self.0.extend_from_slice(value);
        self
    }

    /// Adds a value that may be absent. An absent one differs from an empty one.
    #[must_use]
    pub fn optional(mut self, value: Option<&[u8]>) -> Self {
        self.0.push(u8::from(value.is_some()));
        match value {
            Some(value) => self.field(value),
            None => self,
        }
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_is_known() {
        let framed = Framed::new("a")
            .field(b"bc")
            .optional(None)
            .optional(Some(b""));
        assert_eq!(
            framed.as_bytes(),
            [
                &[0, 0, 0, 0, 0, 0, 0, 1, b'a'][..],
                &[0, 0, 0, 0, 0, 0, 0, 2, b'b', b'c'],
                &[0],
                &[1, 0, 0, 0, 0, 0, 0, 0, 0],
            ]
            .concat()
        );
    }

    #[test]
    fn a_moved_border_gives_other_bytes() {
        let left = Framed::default().field(b"ab").field(b"c");
        let right = Framed::default().field(b"a").field(b"bc");
        assert_ne!(left, right);
    }
}
