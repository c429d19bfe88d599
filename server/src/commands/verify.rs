//! `posel verify`: whether an evidence sheet is what an installation signed, and whether files are those it speaks of.

use std::path::Path;

use model::{EvidenceFile, Language, SignedEvidence};

use super::Fault;
use super::arguments::VerifyOrder;
use crate::evidence::{document, time};

/// Verifies the sheet, tells what is proved, and compares further files with it.
pub fn verify(order: &VerifyOrder, say: &dyn Fn(&str)) -> Result<(), Fault> {
    let bytes = read(&order.sheet)?;
    let sheet = SignedEvidence::find(&bytes)
        .ok_or_else(|| Fault::Told(format!("{} holds no evidence sheet, or one that was changed", order.sheet.display())))?;
    if !engine::evidence::is_genuine(&sheet) {
        return Err(Fault::Told("the signature does not fit: the sheet was changed after it was made".to_owned()));
    }
    if order.key.as_ref().is_some_and(|it| !it.trim().eq_ignore_ascii_case(&sheet.key)) {
        return Err(Fault::Told(format!("the sheet was signed by another key: {}", sheet.key)));
    }
    tell(&sheet, say);
    if !shows_what_is_signed(&bytes, &sheet) {
        return Err(Fault::Told(
            "what the page shows is not what this version draws from the signed data: believe the lines above, not the page"
                .to_owned(),
        ));
    }
    for file in &order.files {
        say(&compared(file, &sheet)?);
    }
    if order.key.is_none() {
        say(&format!("Signed by the key {}; compare it with the one that the company gives, or use --key.", sheet.key));
    }
    Ok(())
}

fn tell(sheet: &SignedEvidence, say: &dyn Fn(&str)) {
    let (facts, message) = (&sheet.evidence, &sheet.evidence.message);
    say(&format!("The signature fits. {} says on {}:", facts.company, time(facts.made_at)));
    say(&format!("  message {} \"{}\" from {}, written {}", message.id, message.subject, message.from, time(message.created_at)));
    say(&format!("  delivery {} to {}: {:?}", facts.delivery.id, facts.delivery.address, facts.delivery.state));
    for it in &facts.delivery.attempts {
        let tls = if it.tls.is_empty() { "without encryption" } else { &it.tls };
        say(&format!("  {} {} ({tls}): {:?}, {:?}", time(it.at), it.relay, it.outcome, it.reply));
    }
    for it in &facts.releases {
        say(&format!("  {:?} by {:?} on {} (log entry {})", it.step, it.who, time(it.at), it.entry));
    }
}

/// A sheet as JSON shows itself; a page or a PDF must be drawn from what it holds, in one of the languages.
fn shows_what_is_signed(bytes: &[u8], sheet: &SignedEvidence) -> bool {
    if sheet.to_json().as_bytes() == bytes.trim_ascii() {
        return true;
    }
    Language::ALL
        .into_iter()
        .map(|it| document(sheet, it))
        .any(|it| documents::html(&it).as_bytes() == bytes || documents::pdf(&it).is_ok_and(|pdf| pdf == bytes))
}

fn compared(path: &Path, sheet: &SignedEvidence) -> Result<String, Fault> {
    let digest = engine::evidence::digest(&read(path)?);
    let message = &sheet.evidence.message;
    let mut known = message.mail.iter().chain(&message.files);
    match known.find(|it: &&EvidenceFile| it.sha256 == digest) {
        Some(file) => Ok(format!("{} is {}, byte for byte.", path.display(), file.name)),
        None if message.text_sha256 == digest => Ok(format!("{} is the text, byte for byte.", path.display())),
        None if message.html_sha256 == digest => Ok(format!("{} is the HTML, byte for byte.", path.display())),
        None => Err(Fault::Told(format!("{} is nothing that the sheet speaks of (SHA-256 {digest})", path.display()))),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(path).map_err(|error| Fault::Told(format!("{} cannot be read: {error}", path.display())))
}
