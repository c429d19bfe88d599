//! The links themselves: made into mails, read, and taken out again for the eyes of colleagues.

use std::collections::HashMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use content::links::{lead, with_picture, without_pictures};
use model::{CampaignId, Measure, Measured};
use store::Connection;
use store::reactions::Link;

use crate::{Engine, Error};

/// How many bytes name the link, and how many the place in the audience.
const ID: usize = 8;
/// How many bytes cannot be guessed.
const TAG: usize = 16;

/// What a measured link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Click,
    Open,
}

impl Purpose {
    /// How it stands in the address, and in the tag.
    fn word(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Open => "open",
        }
    }
}

/// What leads the links of a campaign's mails through us.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marker {
    opening: Option<i64>,
    links: HashMap<String, i64>,
}

impl Marker {
    /// What a campaign measures now.
    pub(crate) async fn of(
        engine: &Engine,
        connection: &mut Connection,
        id: CampaignId,
        measure: Measure,
    ) -> Result<Self, Error> {
        let mut marker = Self::default();
        if !measure.any() {
            return Ok(marker);
        }
        for Link { id, target } in store::reactions::links(&engine.store, connection, id).await? {
            match target {
                Some(target) if measure.clicks => {
                    marker.links.insert(target, id);
                }
                None if measure.opens => marker.opening = Some(id),
                _ => {}
            }
        }
        Ok(marker)
    }

    /// Whether anything is measured.
    pub(crate) fn is_idle(&self) -> bool {
        self.opening.is_none() && self.links.is_empty()
    }

    /// The HTML of a mail with its links led through us, for a place in the audience; 0 for somebody who is not known by name.
    pub(crate) fn marked(&self, engine: &Engine, html: &str, place: i64) -> String {
        let html = lead(html, |target| self.links.get(target).map(|it| address(engine, *it, place, Purpose::Click)));
        match self.opening {
            Some(link) => with_picture(&html, &address(engine, link, place, Purpose::Open)),
            None => html,
        }
    }
}

/// The HTML of a mail with its links leading where they lead in the end, and without our picture, so that nobody who works here counts as
/// a reader; and what it measures, if anything.
pub(crate) async fn shown(
    engine: &Engine,
    connection: &mut Connection,
    html: String,
) -> Result<(String, Option<Measured>), Error> {
    let [click, open] = [Purpose::Click, Purpose::Open].map(|it| beginning(engine, it));
    let mut measured = Measured { opens: html.contains(&open), ..Measured::default() };
    if !measured.opens && !html.contains(&click) {
        return Ok((html, None));
    }
    let html = match measured.opens {
        true => {
            measured.by_name |= place_of_picture(engine, &html, &open).is_some_and(|it| 0 < it);
            without_pictures(&html, &open)
        }
        false => html,
    };
    let of = |it: &str| read(engine, it.strip_prefix(&click)?, Purpose::Click);
    let mut found: Vec<(i64, i64)> = Vec::new();
    lead(&html, |it| {
        found.extend(of(it));
        None
    });
    measured.by_name |= found.iter().any(|it| 0 < it.1);
    let ids: Vec<i64> = found.iter().map(|it| it.0).collect();
    let targets = store::reactions::targets(&engine.store, connection, &ids).await?;
    for found in ids.iter().filter_map(|it| targets.get(it)) {
        if !measured.links.contains(&found.target) {
            measured.links.push(found.target.clone());
        }
    }
    Ok((lead(&html, |it| Some(targets.get(&of(it)?.0)?.target.clone())), Some(measured)))
}

/// For which place in the audience the picture in a mail tells of opening.
fn place_of_picture(engine: &Engine, html: &str, beginning: &str) -> Option<i64> {
    let behind = &html[html.find(beginning)? + beginning.len()..];
    let token = behind.split(['"', '\'', ' ', '>']).next()?;
    Some(read(engine, token, Purpose::Open)?.1)
}

/// Link and place of a token; nothing when its tag is not ours.
pub(super) fn read(engine: &Engine, token: &str, purpose: Purpose) -> Option<(i64, i64)> {
    let bytes: [u8; 2 * ID + TAG] = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
    let (link, rest) = bytes.split_first_chunk::<ID>()?;
    let (place, tag) = (rest.first_chunk::<ID>()?, rest.last_chunk::<TAG>()?);
    let (link, place) = (i64::from_be_bytes(*link), i64::from_be_bytes(*place));
    engine.store.vault().is_reaction_tag(purpose.word(), link, place, tag).then_some((link, place))
}

fn address(engine: &Engine, link: i64, place: i64, purpose: Purpose) -> String {
    let mut bytes = [0; 2 * ID + TAG];
    bytes[..ID].copy_from_slice(&link.to_be_bytes());
    bytes[ID..2 * ID].copy_from_slice(&place.to_be_bytes());
    bytes[2 * ID..].copy_from_slice(&engine.store.vault().reaction_tag(purpose.word(), link, place));
    beginning(engine, purpose) + &BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// How the addresses of measured links begin.
fn beginning(engine: &Engine, purpose: Purpose) -> String {
    format!("{}/{}/", engine.public_url, purpose.word())
}

/// An address in the web as it may stand in a header (RFC 9110 §10.2.2): all but the letters of ASCII encoded; nothing when it leads
/// elsewhere.
pub(super) fn location(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !is_web || rest.is_empty() || rest.starts_with(['/', '\\', '?', '#']) {
        return None;
    }
    let mut location = String::with_capacity(target.len());
    for byte in target.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => location.push_str(&format!("%{byte:02X}")),
            0x21..=0x7e => location.push(char::from(byte)),
            _ => location.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(location)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_into_the_web_and_breaks_no_header() {
        assert_eq!(location("https://firma.sk/a?b=c#d").as_deref(), Some("https://firma.sk/a?b=c#d"));
        assert_eq!(
            location("http://firma.sk/ž\r\nSet-Cookie: a=b").as_deref(),
            Some("http://firma.sk/%C5%BE%0D%0ASet-Cookie:%20a=b")
        );
        for target in
            ["javascript://firma.sk", "//firma.sk", "/a", "https:///firma.sk", "https://\\\\evil.sk", "ftp://firma.sk", ""]
        {
            assert_eq!(location(target), None, "{target}");
        }
    }
}
