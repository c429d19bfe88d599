//! What `command_status` means (SMPP 3.4 §5.1.3).

use crate::sms::{Answer, Cause};

/// The name of a status, if the standard names it and it is of interest here.
fn name(status: u32) -> &'static str {
    match status {
        0x00 => "ESME_ROK",
        0x01 => "ESME_RINVMSGLEN",
        0x03 => "ESME_RINVCMDID",
        0x04 => "ESME_RINVBNDSTS",
        0x05 => "ESME_RALYBND",
        0x08 => "ESME_RSYSERR",
        0x0a => "ESME_RINVSRCADR",
        0x0b => "ESME_RINVDSTADR",
        0x0d => "ESME_RBINDFAIL",
        0x0e => "ESME_RINVPASWD",
        0x0f => "ESME_RINVSYSID",
        0x14 => "ESME_RMSGQFUL",
        0x15 => "ESME_RINVSERTYP",
        0x45 => "ESME_RSUBMITFAIL",
        0x58 => "ESME_RTHROTTLED",
        0x64 => "ESME_RX_T_APPN",
        0x65 => "ESME_RX_P_APPN",
        0x66 => "ESME_RX_R_APPN",
        _ => "",
    }
}

/// The literal answer.
pub(super) fn answer(status: u32) -> Answer {
    Answer { status, code: name(status).to_owned(), words: String::new() }
}

/// Why a part was not taken. What the centre keeps for itself (from 0x400) says nothing that we know, so it is tried later.
pub(super) fn of_submission(status: u32, names_sender: bool) -> Cause {
    match status {
        0x14 | 0x58 => Cause::TooFast,
        0x01 | 0xc4 => Cause::Text,
        0x0b | 0x50 | 0x51 => Cause::Number,
        0x0a | 0x48 | 0x49 if names_sender => Cause::SenderOfMessage,
        0x0a | 0x48 | 0x49 => Cause::SenderOfAccount,
        0x02..=0x04 | 0x15 | 0x42..=0x44 | 0x61..=0x63 | 0xc0..=0xc3 => Cause::Settings,
        0x65 | 0x66 => Cause::Refused,
        _ => Cause::Busy,
    }
}

/// Why we were not let in.
pub(super) fn of_bind(status: u32) -> Cause {
    match status {
        0x0d..=0x0f => Cause::Login,
        0x58 => Cause::TooFast,
        0x02..=0x04 | 0x53 => Cause::Settings,
        _ => Cause::Down,
    }
}
