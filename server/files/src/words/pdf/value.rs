//! Values (ISO 32000-1 §7.3) and their reader, which is used for contents of pages and tables of letters, too.

/// Deeper values are not read.
const DEEPEST: usize = 32;
/// So many bytes count as much as a value.
const BYTES: usize = 32;

/// A value, or an operator of a content.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dictionary(Vec<(String, Value)>),
    Reference(u32),
    Operator(String),
}

impl Value {
    /// What a dictionary has under a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Dictionary(entries) = self else { return None };
        entries.iter().find(|it| it.0 == key).map(|it| &it.1)
    }

    /// How many entries a dictionary has.
    pub fn entries(&self) -> usize {
        if let Self::Dictionary(entries) = self { entries.len() } else { 0 }
    }

    pub fn reference(&self) -> Option<u32> {
        if let Self::Reference(id) = self { Some(*id) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        if let Self::Number(it) = self { Some(*it) } else { None }
    }
}

/// Reads values one after the other.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// Where it is.
    pub at: usize,
    /// How many values may still be made, a long text or blank counting for many; what asks for more ends.
    pub left: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], at: usize, most: usize) -> Self {
        Self { bytes, at, left: most }
    }

    /// The next value; nothing at the end, at what is no value, and when too many were made.
    pub fn next(&mut self) -> Option<Value> {
        self.value(0)
    }

    /// Goes behind blanks and remarks.
    pub fn skip(&mut self) {
        let start = self.at;
        self.pass();
        self.charge(self.at - start);
    }

    /// Makes so many bytes count: without it the same ones could be read again and again.
    fn charge(&mut self, n_bytes: usize) {
        self.left = self.left.saturating_sub(n_bytes / BYTES);
    }

    fn pass(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self.peek().is_some_and(|it| it != b'\n' && it != b'\r') {
                        self.at += 1;
                    }
                }
                it if is_blank(it) => self.at += 1,
                _ => return,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip();
        if DEEPEST < depth || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let start = self.at;
        let value = self.begun(depth);
        if !matches!(value, Some(Value::Array(_) | Value::Dictionary(_))) {
            self.charge(self.at - start);
        }
        value
    }

    fn begun(&mut self, depth: usize) -> Option<Value> {
        match self.peek()? {
            b'/' => Some(Value::Name(self.name())),
            b'(' => Some(Value::Text(self.text())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dictionary(depth),
            b'<' => Some(Value::Text(self.digits())),
            b'[' => self.array(depth),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number()),
            b']' | b'>' | b')' | b'{' | b'}' => {
                self.at += 1;
                Some(Value::Operator(String::new()))
            }
            _ => Some(Value::Operator(self.word())),
        }
    }

    /// The bytes up to the next blank or sign.
    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|it| !is_blank(it) && !is_sign(it)) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned()
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let word = self.word();
        if !word.contains('#') {
            return word;
        }
        let mut name = Vec::new();
        let mut bytes = word.bytes();
        while let Some(byte) = bytes.next() {
            let mut ahead = bytes.clone();
            match (byte, ahead.next().and_then(digit), ahead.next().and_then(digit)) {
                (b'#', Some(high), Some(low)) => {
                    name.push(high * 16 + low);
                    bytes = ahead;
                }
                _ => name.push(byte),
            }
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    /// A number or, where two whole ones and an R follow, a reference.
    fn number(&mut self) -> Value {
        let word = self.word();
        if let Ok(id) = word.parse::<u32>() {
            let back = self.at;
            self.skip();
            let generation = self.word();
            self.skip();
            let is_reference = !generation.is_empty() && generation.bytes().all(|it| it.is_ascii_digit()) && self.word() == "R";
            if is_reference {
                return Value::Reference(id);
            }
            self.at = back;
        }
        Value::Number(word.parse().unwrap_or(0.0))
    }

    /// A text in brackets, which may stand in it in pairs.
    fn text(&mut self) -> Vec<u8> {
        let (mut text, mut open) = (Vec::new(), 0_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    if open == 1 {
                        continue;
                    }
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    text.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' | b'f' => Some(b' '),
            b'\n' => None,
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                None
            }
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(next - b'0');
                    self.at += 1;
                }
                Some(code as u8)
            }
            other => Some(other),
        }
    }

    /// A text in hexadecimal digits.
    fn digits(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut high) = (Vec::new(), None);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match (byte, digit(byte), high) {
                (b'>', ..) => break,
                (_, Some(low), Some(first)) => {
                    text.push(first * 16 + low);
                    high = None;
                }
                (_, Some(first), None) => high = Some(first),
                _ => {}
            }
        }
        text.extend(high.map(|it: u8| it * 16));
        text
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.skip();
            if self.peek()? == b']' {
                self.at += 1;
                return Some(Value::Array(list));
            }
            list.push(self.value(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Value> {
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            self.skip();
            match self.peek()? {
                b'>' => {
                    self.at = (self.at + 2).min(self.bytes.len());
                    return Some(Value::Dictionary(entries));
                }
                b'/' => {
                    let key = self.name();
                    entries.push((key, self.value(depth + 1)?));
                }
                // What is no name here is skipped.
                _ => drop(self.value(depth + 1)?),
            }
        }
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|it| it as u8)
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn is_sign(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
