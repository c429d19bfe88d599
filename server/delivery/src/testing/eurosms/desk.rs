//! What the gateway answers.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::Sha256;

use super::{Book, ID, KEY, SegmentAtEuroSms};
use crate::testing::web::{HttpAsked, HttpSaid};

pub(super) fn answer(book: &mut Book, asked: &HttpAsked) -> HttpSaid {
    let path: Vec<&str> = asked.path().trim_matches('/').split('/').collect();
    match (asked.method.as_str(), path.as_slice()) {
        ("POST", ["api", "v3", door @ ("send" | "test"), shape @ ("one" | "o2m" | "m2m")]) => {
            let body = asked.json();
            // The mirror answers the same and keeps nothing.
            let kept = book.segments.len();
            let said = submit(book, shape, &body).unwrap_or_else(
                |code| json!({ "err_code": code, "err_list": [{ "err_code": code, "err_desc": format!("refused as {code}") }] }),
            );
            if *door == "test" {
                book.segments.truncate(kept);
            }
            HttpSaid::json(&said)
        }
        ("GET", ["api", "v3", "status", "one", uuid]) => {
            let list: Vec<Value> = book.segments.iter().filter(|it| it.uuid == *uuid).map(report).collect();
            HttpSaid::json(&json!(list))
        }
        ("GET", ["api", "v3", "status", kind, ID, key, signature]) if fits(&[key], signature) => tell(book, kind, key),
        ("GET", ["api", "v3", "status", ..]) => HttpSaid::new(400, json!({ "err_code": "WRONG_SIGNATURE" }).to_string()),
        ("GET", ["api", "v2", "balance"]) if asked.query() == [("i".to_owned(), ID.to_owned())] => {
            HttpSaid::new(200, format!("{}.50", book.credit.unwrap_or(100)))
        }
        ("GET", ["api", "v2", "balance"]) => HttpSaid::new(200, "BAD_INT"),
        _ => HttpSaid::new(404, "not found"),
    }
}

fn submit(book: &mut Book, shape: &str, body: &Value) -> Result<Value, &'static str> {
    if body["iid"] != ID {
        return Err(if body["iid"].is_null() { "NO_IID" } else { "WRONG_IID" });
    }
    match shape {
        "one" => {
            let recipients = [(digits(&body["rcpt"]), None)];
            let (taken, _) = take(book, body, &recipients, None)?;
            let Some(uuids) = taken.into_iter().next() else { return Err("WRONG_NUMBER") };
            Ok(json!({ "err_code": "ENQUEUED", "err_list": [], "uuid": uuids.1 }))
        }
        "o2m" => {
            let group = next_group(book);
            let recipients = recipients(&body["rcpts"]);
            let (taken, wrong) = take(book, body, &recipients, Some(group))?;
            let entry = |(number, reference): &(String, Option<String>)| json!({ "r": numeric(number), "f": reference });
            let accepted: Vec<Value> = taken
                .iter()
                .map(|(recipient, uuids)| {
                    let mut it = entry(recipient);
                    it["i"] = json!(uuids);
                    it
                })
                .collect();
            let wrong: Vec<Value> = wrong.iter().map(entry).collect();
            Ok(json!({ "err_code": "ENQUEUED", "err_list": [], "group_id": group, "accepted": accepted, "wrong_numbers": wrong }))
        }
        _ => many(book, body),
    }
}

fn many(book: &mut Book, body: &Value) -> Result<Value, &'static str> {
    let messages = body["msgs"].as_array().ok_or("NO_MSG")?;
    if 1000 < messages.len() {
        return Err("TOO_MANY_MESSAGES");
    }
    let group = next_group(book);
    let mut result = Vec::new();
    for message in messages {
        for recipient in recipients(&message["rcpts"]) {
            let (number, reference) = (numeric(&recipient.0), recipient.1.clone());
            let entry = match take(book, message, &[recipient], Some(group)) {
                Ok((taken, _)) if taken.is_empty() => json!({ "e": "WRONG_NUMBER", "r": number, "f": reference }),
                Ok((taken, _)) => json!({ "e": "ENQUEUED", "r": number, "f": reference, "i": taken[0].1 }),
                Err(code) => json!({ "e": code, "r": number, "f": reference }),
            };
            result.push(entry);
        }
    }
    Ok(json!({ "err_code": "ENQUEUED", "err_list": [], "group_id": group, "result": result }))
}

type Recipient = (String, Option<String>);
type Taken = (Vec<(Recipient, Vec<String>)>, Vec<Recipient>);

/// Takes one text for these recipients: who was accepted with which uuids, and whose number is wrong.
fn take(book: &mut Book, message: &Value, recipients: &[Recipient], group: Option<u64>) -> Result<Taken, &'static str> {
    let text = message["txt"].as_str().ok_or("NO_TXT")?;
    let sender = message["sndr"].as_str().ok_or("NO_SNDR")?;
    let signature = message["sgn"].as_str().ok_or("NO_SGN")?;
    let numbers: String = recipients.iter().map(|it| it.0.as_str()).collect();
    if !fits(&[sender, &numbers, text], signature) {
        return Err("WRONG_SIGNATURE");
    }
    if text.is_empty() {
        return Err("EMPTY_MESSAGE");
    }
    if book.senders.as_ref().is_some_and(|it| !it.iter().any(|it| it == sender)) {
        return Err("WRONG_SENDER");
    }
    let n_segments = content::sms::count(text).n_segments;
    let (mut taken, mut wrong) = (Vec::new(), Vec::new());
    for recipient in recipients {
        if book.wrong.contains(&recipient.0) {
            wrong.push(recipient.clone());
            continue;
        }
        if let Some(credit) = &mut book.credit {
            *credit = credit.checked_sub(n_segments as u64).ok_or("NO_BALANCE")?;
        }
        let mut uuids = Vec::new();
        for n in 1..=n_segments {
            let uuid = format!("d0e17e57-f455-430e-844d-{:012}", book.segments.len());
            uuids.push(uuid.clone());
            book.segments.push(SegmentAtEuroSms {
                uuid,
                group,
                number: recipient.0.clone(),
                text: text.to_owned(),
                sender: sender.to_owned(),
                flags: message["flgs"].as_u64().unwrap_or(0),
                reference: recipient.1.clone(),
                number_of_segment: n,
                state: "ENROUTE".to_owned(),
                time: "2026-01-10 12:00:00".to_owned(),
                ttl: message["ttl"].as_u64(),
            });
        }
        taken.push((recipient.clone(), uuids));
    }
    Ok((taken, wrong))
}

/// What is asked about a group or about all that changed; the same transaction is told the same again.
fn tell(book: &mut Book, kind: &str, key: &str) -> HttpSaid {
    let reports: Vec<Value> = match kind {
        "group" => {
            book.segments.iter().filter(|it| it.group.map(|it| it.to_string()).as_deref() == Some(key)).map(report).collect()
        }
        _ if !(8..=64).contains(&key.len()) => return HttpSaid::new(400, json!({ "err_code": "ERR_OTHER" }).to_string()),
        _ => {
            if !book.told.contains_key(key) {
                let fresh = std::mem::take(&mut book.fresh);
                let reports = book.segments.iter().filter(|it| fresh.contains(&it.uuid)).map(report).collect();
                book.told.insert(key.to_owned(), reports);
            }
            book.told.get(key).cloned().unwrap_or_default()
        }
    };
    HttpSaid::json(&json!({ "count": reports.len(), "dlrs": reports, "err_code": "OK" }))
}

fn report(it: &SegmentAtEuroSms) -> Value {
    json!({
        "rcpt": numeric(&it.number), "carrier": "231.6", "price": 0.0265, "dlr_time": it.time, "sgmnt": it.number_of_segment,
        "dlr": it.state, "i": it.uuid, "snd": "2026-01-10 12:00:00", "err_code": "OK", "f": it.reference,
    })
}

fn recipients(list: &Value) -> Vec<Recipient> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default().iter();
    list.map(|it| if it.is_object() { (digits(&it["r"]), it["f"].as_str().map(str::to_owned)) } else { (digits(it), None) })
        .collect()
}

fn digits(value: &Value) -> String {
    value.as_u64().map(|it| it.to_string()).unwrap_or_default()
}

fn numeric(digits: &str) -> u64 {
    digits.parse().unwrap_or(0)
}

fn next_group(book: &mut Book) -> u64 {
    book.n_groups += 1;
    2_231_231 + book.n_groups
}

/// The gateway takes either digest, in whichever case.
fn fits(values: &[&str], signature: &str) -> bool {
    let message = values.concat();
    let hex = |bytes: &[u8]| bytes.iter().map(|it| format!("{it:02x}")).collect::<String>();
    let sha256 = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).map(|it| hex(&it.chain_update(&message).finalize().into_bytes()));
    let sha1 = Hmac::<Sha1>::new_from_slice(KEY.as_bytes()).map(|it| hex(&it.chain_update(&message).finalize().into_bytes()));
    [sha256, sha1].into_iter().flatten().any(|it| it.eq_ignore_ascii_case(signature))
}
