//! The sheet about a delivery as people read it: the same facts as a page or a PDF, with the signed data inside.

mod words;

use documents::{Block, Column, Document, Inside, Table};
use model::message::named_address;
use model::{EvidenceFacts, EvidenceMessage, Language, LocalTime, Moment, SignedEvidence};

use self::words::Words;

/// What the data inside a sheet are called.
const INSIDE: &str = "evidence.json";

/// The sheet in a language; the same sheet always gives the same document.
pub fn document(sheet: &SignedEvidence, language: Language) -> Document {
    let words = words::of(language);
    let facts = &sheet.evidence;
    let company = match facts.registration_number.as_str() {
        "" => facts.company.clone(),
        number => format!("{}, {} {number}", facts.company, words.registration_number),
    };
    let mut blocks = vec![Block::Heading(words.message.to_owned()), Block::Pairs(message(&facts.message, words))];
    if facts.message.erased_at.is_some() {
        blocks.push(Block::Text(words.erased.to_owned()));
    }
    blocks.extend([Block::Heading(words.releases.to_owned()), releases(facts, words)]);
    blocks.push(Block::Heading(words.delivery.to_owned()));
    blocks.extend(delivery(facts, words));
    blocks.extend([Block::Heading(words.digests.to_owned()), Block::Table(digests(&facts.message, words))]);
    blocks.extend([
        Block::Heading(words.check.to_owned()),
        Block::Text(words.check_text.to_owned()),
        Block::Pairs(proof(sheet, words)),
    ]);
    Document {
        title: words.title.to_owned(),
        subtitle: company,
        language: words.language.to_owned(),
        footer: format!("Posel · {} · {}", words.made(&facts.made_by), time(facts.made_at)),
        blocks,
        files: vec![Inside {
            name: INSIDE.to_owned(),
            media_type: "application/json".to_owned(),
            description: words.title.to_owned(),
            content: sheet.to_json().into_bytes(),
        }],
    }
}

fn message(facts: &EvidenceMessage, words: &Words) -> Vec<(String, String)> {
    let mut pairs =
        vec![(words.subject, facts.subject.clone()), (words.from, facts.from.clone()), (words.reply_to, facts.reply_to.clone())];
    for it in &facts.recipients {
        pairs.push((words.role(it.role), named_address(&it.name, &it.address)));
    }
    pairs.extend([
        (words.created, time(facts.created_at)),
        (words.author, facts.author.clone()),
        (words.channel, words.channel_of(facts.channel).to_owned()),
        (words.origin, words.origin_of(facts.origin).to_owned()),
        (words.number, facts.id.to_string()),
        (words.campaign, facts.campaign.map(|it| it.to_string()).unwrap_or_default()),
        (words.header_id, facts.header_id.clone()),
    ]);
    kept(pairs)
}

fn releases(facts: &EvidenceFacts, words: &Words) -> Block {
    if facts.releases.is_empty() {
        return Block::Text(words.no_releases.to_owned());
    }
    let columns = vec![
        Column::left(words.when, 1.7),
        Column::left(words.who, 2.0),
        Column::left(words.what, 1.6),
        Column::right(words.entry, 1.0),
    ];
    let row = |it: &model::EvidenceRelease| {
        vec![time(it.at), words.person(&it.who), words.step(it.step).to_owned(), it.entry.to_string()]
    };
    Block::Table(Table { columns, rows: facts.releases.iter().map(row).collect() })
}

fn delivery(facts: &EvidenceFacts, words: &Words) -> Vec<Block> {
    let it = &facts.delivery;
    let mut blocks = vec![Block::Pairs(kept(vec![
        (words.address, it.address.clone()),
        (words.state, words.state_of(it.state).to_owned()),
        (words.number, it.id.to_string()),
    ]))];
    for (n, attempt) in it.attempts.iter().enumerate() {
        blocks.push(Block::Text(format!("{} {}", words.attempt, n + 1)));
        blocks.push(Block::Pairs(kept(vec![
            (words.when, time(attempt.at)),
            (words.outcome, words.outcome_of(attempt.outcome).to_owned()),
            (words.relay, if attempt.relay.is_empty() { words.capture.to_owned() } else { attempt.relay.clone() }),
            (words.tls, if attempt.tls.is_empty() { words.no_tls.to_owned() } else { attempt.tls.clone() }),
            (words.reply, attempt.reply.clone()),
            (words.queue_id, attempt.queue_id.clone()),
        ])));
    }
    if !it.parts.is_empty() {
        let columns = vec![Column::right(words.part, 0.6), Column::left(words.state, 3.0), Column::left(words.when, 2.0)];
        let row = |it: &model::EvidencePart| vec![it.number.to_string(), it.word.clone(), it.at.map(time).unwrap_or_default()];
        blocks.push(Block::Table(Table { columns, rows: it.parts.iter().map(row).collect() }));
    }
    blocks
}

fn digests(facts: &EvidenceMessage, words: &Words) -> Table {
    let columns = vec![Column::left(words.what, 2.0), Column::right(words.size, 0.9), Column::left("SHA-256", 4.4)];
    let mut rows = Vec::new();
    for (name, digest) in [(words.text, &facts.text_sha256), (words.html, &facts.html_sha256)] {
        if !digest.is_empty() {
            rows.push(vec![name.to_owned(), String::new(), digest.clone()]);
        }
    }
    let mail = facts.mail.iter().map(|it| (format!("{} ({})", words.mail, it.name), it));
    for (name, file) in mail.chain(facts.files.iter().map(|it| (it.name.clone(), it))) {
        rows.push(vec![name, file.size.to_string(), file.sha256.clone()]);
    }
    Table { columns, rows }
}

fn proof(sheet: &SignedEvidence, words: &Words) -> Vec<(String, String)> {
    let log = &sheet.evidence.log;
    kept(vec![
        (words.key, sheet.key.clone()),
        (words.signature, sheet.signature.clone()),
        (words.log, format!("{} · {}", log.entry, log.hash)),
    ])
}

/// Leaves out what is not known.
fn kept(pairs: Vec<(&'static str, String)>) -> Vec<(String, String)> {
    pairs.into_iter().filter(|it| !it.1.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A moment as clocks in Slovakia and Czechia show it, with its distance from UTC.
pub fn time(moment: Moment) -> String {
    let shown = LocalTime::of(moment);
    let (year, month, day) = shown.day.parts();
    let seconds = moment.0.rem_euclid(60_000) / 1_000;
    let midnight = shown.day.0 * 86_400_000 + i64::from(shown.minute) * 60_000;
    let ahead = (midnight - (moment.0 - moment.0.rem_euclid(60_000))) / 3_600_000;
    format!("{year}-{month:02}-{day:02} {:02}:{:02}:{seconds:02} UTC+{ahead}", shown.minute / 60, shown.minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_say_how_far_they_are_from_utc() {
        assert_eq!(time(Moment(1_780_000_000_000)), "2026-05-28 22:26:40 UTC+2");
        assert_eq!(time(Moment(1_700_000_000_999)), "2023-11-14 23:13:20 UTC+1");
    }
}
