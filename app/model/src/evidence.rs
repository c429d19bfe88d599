//! Evidence: what can be proved about one delivery, years later and without the database.
//!
//! A sheet holds facts and a signature over them. It is found inside other files by how it begins, so the same bytes serve as a file of
//! their own, inside a page and inside a PDF.

use serde::{Deserialize, Serialize};

use crate::message::Role;
use crate::{AttemptOutcome, AuditId, CampaignId, Channel, DeliveryId, DeliveryState, MessageId, Moment, Origin};

/// The form of the sheet; it stands first in each.
pub const FORM: &str = "evidence-1";

/// How the JSON of every sheet begins.
const BEGIN: &str = "{\"evidence\":{\"posel\":\"evidence-1\",";

/// Facts with a signature over them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedEvidence {
    /// The facts.
    pub evidence: EvidenceFacts,
    /// The public key of the installation (Ed25519, RFC 8032) in hexadecimal.
    pub key: String,
    /// The signature over [`EvidenceFacts::bytes`] in hexadecimal.
    pub signature: String,
}

/// What is known about one delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFacts {
    /// The form of the sheet: [`FORM`].
    pub posel: String,
    /// When the sheet was made.
    pub made_at: Moment,
    /// Who had it made.
    pub made_by: String,
    /// The company that wrote.
    pub company: String,
    /// Its registration number; may be empty.
    pub registration_number: String,
    /// What was written.
    pub message: EvidenceMessage,
    /// How it was carried to one address.
    pub delivery: EvidenceDelivery,
    /// Who let it leave, oldest first.
    pub releases: Vec<EvidenceRelease>,
    /// Where the action log ended when the sheet was made.
    pub log: EvidenceAnchor,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceMessage {
    /// Which message.
    pub id: MessageId,
    /// What it travels by.
    pub channel: Channel,
    /// Why it exists.
    pub origin: Origin,
    /// The campaign that made it.
    pub campaign: Option<CampaignId>,
    /// The Message-ID header without brackets; empty for a text message.
    pub header_id: String,
    /// When it was completed.
    pub created_at: Moment,
    /// Who wrote it.
    pub author: String,
    /// Sender as recipients see it.
    pub from: String,
    /// Where answers go; may be empty.
    pub reply_to: String,
    /// Recipients that everybody sees, and the one of this delivery.
    pub recipients: Vec<EvidenceRecipient>,
    /// Subject; empty when it was erased.
    pub subject: String,
    /// SHA-256 of the plain text in UTF-8, in hexadecimal.
    pub text_sha256: String,
    /// SHA-256 of the HTML in UTF-8; empty when there is none.
    pub html_sha256: String,
    /// The whole mail without the signatures of domains, as it is exported; nothing for a text message.
    pub mail: Option<EvidenceFile>,
    /// The files that it carried.
    pub files: Vec<EvidenceFile>,
    /// When its text was erased with its only recipient.
    pub erased_at: Option<Moment>,
}

/// Somebody a message went to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRecipient {
    /// In which role.
    pub role: Role,
    /// Name; may be empty.
    pub name: String,
    /// Address.
    pub address: String,
}

/// A file and how it is known again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    /// Name.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes in hexadecimal.
    pub sha256: String,
}

/// How a message was carried to one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceDelivery {
    /// Which delivery.
    pub id: DeliveryId,
    /// Where to.
    pub address: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// Its tries, oldest first.
    pub attempts: Vec<EvidenceAttempt>,
    /// What the gateway told about each part of a text message.
    pub parts: Vec<EvidencePart>,
}

/// One try with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceAttempt {
    /// When it began.
    pub at: Moment,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// Host and port of the relay; empty for Capture.
    pub relay: String,
    /// How the connection was protected; empty when it was not.
    pub tls: String,
    /// The relay's literal answer.
    pub reply: String,
    /// Under which id the relay queued it, where its answer says so; may be empty.
    pub queue_id: String,
}

/// A part of a text message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidencePart {
    /// Counts from 1.
    pub number: u32,
    /// What the gateway last said about it.
    pub word: String,
    /// When.
    pub at: Option<Moment>,
}

/// An entry of the action log by which a message was let go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRelease {
    /// Which entry.
    pub entry: AuditId,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What was done.
    pub step: ReleaseStep,
}

/// What lets a message leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReleaseStep {
    /// It was sent, or its campaign released.
    Released,
    /// Somebody else approved its campaign.
    Approved,
    /// It repeats an earlier message.
    Repeated,
}

/// An entry of the action log with its hash: the log before it cannot have been changed since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceAnchor {
    /// Number of the entry; 0 for an empty log.
    pub entry: i64,
    /// Its hash in hexadecimal.
    pub hash: String,
}

impl EvidenceFacts {
    /// The bytes that are signed; the same facts always give the same ones.
    pub fn bytes(&self) -> Vec<u8> {
        // Texts and numbers always have a form in JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl SignedEvidence {
    /// The sheet as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Finds the sheet in a file: JSON, a page or a PDF.
    pub fn find(file: &[u8]) -> Option<Self> {
        let at = file.windows(BEGIN.len()).position(|it| it == BEGIN.as_bytes())?;
        serde_json::Deserializer::from_slice(&file[at..]).into_iter().next()?.ok()
    }
}

/// The id under which a relay queued a mail, from its answer to the final dot: as Postfix, Exim, sendmail, Exchange, Gmail and others
/// word it.
pub fn queue_id(reply: &str) -> Option<&str> {
    let after = |words: &str| {
        let at = reply.to_ascii_lowercase().find(words)? + words.len();
        reply.get(at..)?.split([' ', '\r', '\n', ']', '>', ',', ';']).next().filter(|it| !it.is_empty())
    };
    after("queued as ")
        .or_else(|| after("internalid="))
        .or_else(|| after(" id="))
        .or_else(|| word_before(reply, " Message accepted for delivery"))
        .or_else(|| word_before(reply, " - gsmtp"))
}

fn word_before<'a>(reply: &'a str, words: &str) -> Option<&'a str> {
    reply[..reply.find(words)?].rsplit(' ').next().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> SignedEvidence {
        let message = EvidenceMessage {
            id: MessageId(7),
            channel: Channel::Email,
            origin: Origin::Manual,
            campaign: None,
            header_id: "a@example.sk".to_owned(),
            created_at: Moment(1),
            author: "Eva".to_owned(),
            from: "Eva <eva@example.sk>".to_owned(),
            reply_to: String::new(),
            recipients: Vec::new(),
            subject: "Žltý <kôň> & \"s\"".to_owned(),
            text_sha256: String::new(),
            html_sha256: String::new(),
            mail: None,
            files: Vec::new(),
            erased_at: None,
        };
        let delivery = EvidenceDelivery {
            id: DeliveryId(1),
            address: "a@b.sk".to_owned(),
            state: DeliveryState::Accepted,
            attempts: Vec::new(),
            parts: Vec::new(),
        };
        let evidence = EvidenceFacts {
            posel: FORM.to_owned(),
            made_at: Moment(5),
            made_by: "Eva".to_owned(),
            company: "Firma".to_owned(),
            registration_number: String::new(),
            message,
            delivery,
            releases: Vec::new(),
            log: EvidenceAnchor::default(),
        };
        SignedEvidence { evidence, key: "00".to_owned(), signature: "11".to_owned() }
    }

    #[test]
    fn a_sheet_is_found_in_whatever_holds_it() {
        let sheet = sheet();
        let json = sheet.to_json();
        assert!(json.starts_with(BEGIN));
        assert_eq!(SignedEvidence::find(json.as_bytes()), Some(sheet.clone()));
        let page = format!("<p>{{\"a\":1}}</p><script>{}</script>", json.replace('<', "\\u003c"));
        assert_eq!(SignedEvidence::find(page.as_bytes()), Some(sheet));
        assert_eq!(SignedEvidence::find(b"%PDF-1.7 nothing"), None);
    }

    #[test]
    fn a_sheet_with_more_than_we_know_is_none() {
        let json = sheet().to_json().replace("\"made_by\"", "\"forged\":1,\"made_by\"");
        assert_eq!(SignedEvidence::find(json.as_bytes()), None);
    }

    #[test]
    fn the_id_in_the_queue_is_read_from_answers_of_many_servers() {
        for (reply, id) in [
            ("250 2.0.0 Ok: queued as 4XyZ12AbC", "4XyZ12AbC"),
            ("250 OK id=1tABCD-0001xY-2z", "1tABCD-0001xY-2z"),
            ("250 2.0.0 4AM9x1ab012345 Message accepted for delivery", "4AM9x1ab012345"),
            ("250 2.6.0 <a@b> [InternalId=123456, Hostname=x] 5 bytes Queued mail for delivery", "123456"),
            ("250 2.0.0 OK 1780000000 4fb4d7f45d1cf-5a1 - gsmtp", "4fb4d7f45d1cf-5a1"),
        ] {
            assert_eq!(queue_id(reply), Some(id), "{reply}");
        }
        assert_eq!(queue_id("250 Ok"), None);
        assert_eq!(queue_id("250 queued as "), None);
    }
}
