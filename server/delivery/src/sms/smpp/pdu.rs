//! The packets of SMPP 3.4: a head of four numbers and a body of fields in a fixed order, then tagged ones.

/// `command_id` of SMPP 3.4 §5.1.2.1; an answer has the highest bit.
pub(crate) mod command {
    /// The bit that makes an answer of a command.
    pub const ANSWER: u32 = 0x8000_0000;
    pub const GENERIC_NACK: u32 = 0x8000_0000;
    pub const SUBMIT_SM: u32 = 0x0000_0004;
    pub const SUBMIT_SM_RESP: u32 = 0x8000_0004;
    pub const DELIVER_SM: u32 = 0x0000_0005;
    pub const DELIVER_SM_RESP: u32 = 0x8000_0005;
    pub const BIND_RECEIVER: u32 = 0x0000_0001;
    pub const BIND_TRANSMITTER: u32 = 0x0000_0002;
    pub const UNBIND: u32 = 0x0000_0006;
    pub const UNBIND_RESP: u32 = 0x8000_0006;
    pub const BIND_TRANSCEIVER: u32 = 0x0000_0009;
    pub const ENQUIRE_LINK: u32 = 0x0000_0015;
    pub const ENQUIRE_LINK_RESP: u32 = 0x8000_0015;
}

/// Tags of SMPP 3.4 §5.3.2.
pub(crate) mod tag {
    pub const RECEIPTED_MESSAGE_ID: u16 = 0x001e;
    pub const MESSAGE_PAYLOAD: u16 = 0x0424;
    pub const MESSAGE_STATE: u16 = 0x0427;
}

/// How long a packet may be, in bytes: a payload of 64 KB and its head.
const LONGEST: usize = 70_000;
const HEAD: usize = 16;

/// One packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pdu {
    pub command: u32,
    pub status: u32,
    pub sequence: u32,
    pub body: Vec<u8>,
}

/// The bytes are no packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl Pdu {
    pub fn new(command: u32, sequence: u32, body: Vec<u8>) -> Self {
        Self { command, status: 0, sequence, body }
    }

    /// Takes the first packet out of what has come, if all of it has.
    pub fn take(inbox: &mut Vec<u8>) -> Result<Option<Self>, Broken> {
        let number = |at: usize| inbox.get(at..at + 4).and_then(|it| it.try_into().ok()).map(u32::from_be_bytes);
        let Some(length) = number(0) else { return Ok(None) };
        let length = length as usize;
        if !(HEAD..=LONGEST).contains(&length) {
            return Err(Broken);
        }
        let (Some(command), Some(status), Some(sequence)) = (number(4), number(8), number(12)) else { return Ok(None) };
        if inbox.len() < length {
            return Ok(None);
        }
        let body = inbox[HEAD..length].to_vec();
        inbox.drain(..length);
        Ok(Some(Self { command, status, sequence, body }))
    }

    /// The packet as it goes onto the wire.
    pub fn bytes(&self) -> Vec<u8> {
        let length = (HEAD + self.body.len()) as u32;
        let head = [length, self.command, self.status, self.sequence].map(u32::to_be_bytes);
        [head.concat(), self.body.clone()].concat()
    }
}

/// Writes the fields of a body.
#[derive(Default)]
pub(crate) struct Writer(pub Vec<u8>);

impl Writer {
    /// One number of one byte.
    pub fn byte(mut self, it: u8) -> Self {
        self.0.push(it);
        self
    }

    /// A text that ends with NUL, cut to `room` bytes with it; a NUL inside would end it early and is left out.
    pub fn text(mut self, it: &str, room: usize) -> Self {
        self.0.extend(it.bytes().filter(|it| *it != 0).take(room - 1));
        self.byte(0)
    }

    /// Bytes as they are.
    pub fn bytes(mut self, it: &[u8]) -> Self {
        self.0.extend_from_slice(it);
        self
    }

    /// A tagged field.
    pub fn tagged(self, tag: u16, value: &[u8]) -> Self {
        let length = u16::try_from(value.len()).unwrap_or(u16::MAX);
        self.bytes(&tag.to_be_bytes()).bytes(&length.to_be_bytes()).bytes(&value[..usize::from(length)])
    }
}

/// Reads the fields of a body; what is missing is empty.
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or(0)
    }

    pub fn bytes(&mut self, n: usize) -> &'a [u8] {
        let (now, rest) = self.0.split_at(n.min(self.0.len()));
        self.0 = rest;
        now
    }

    /// A text up to its NUL.
    pub fn text(&mut self) -> String {
        let n = self.0.iter().position(|it| *it == 0).unwrap_or(self.0.len());
        let text = String::from_utf8_lossy(self.bytes(n)).into_owned();
        self.bytes(1);
        text
    }

    /// The tagged fields that are left.
    pub fn tagged(&mut self) -> Vec<(u16, &'a [u8])> {
        let mut found = Vec::new();
        while 4 <= self.0.len() {
            let mut number = || u16::from_be_bytes([self.byte(), self.byte()]);
            let (tag, length) = (number(), number());
            found.push((tag, self.bytes(usize::from(length))));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packets_are_read_back_however_they_are_cut(body in prop::collection::vec(any::<u8>(), 0..300), cut in any::<prop::sample::Index>()) {
            let pdu = Pdu { command: 4, status: 8, sequence: 15, body };
            let bytes = pdu.bytes();
            let (first, second) = bytes.split_at(cut.index(bytes.len()));
            let mut inbox = first.to_vec();
            prop_assert_eq!(Pdu::take(&mut inbox), Ok(None));
            inbox.extend_from_slice(second);
            inbox.push(7);
            prop_assert_eq!(Pdu::take(&mut inbox), Ok(Some(pdu)));
            prop_assert_eq!(inbox, vec![7]);
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _packet = Pdu::take(&mut bytes.clone());
            let mut reader = Reader(&bytes);
            let _text = (reader.text(), reader.byte(), reader.tagged());
        }
    }

    #[test]
    fn an_impossible_length_is_no_packet() {
        for length in [0u32, 15, 70_001, u32::MAX] {
            assert_eq!(Pdu::take(&mut length.to_be_bytes().to_vec()), Err(Broken));
        }
    }
}
