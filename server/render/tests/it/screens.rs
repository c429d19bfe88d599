//! Screened documents as golden files.

use render::{Pictures, RemotePictures, for_screen};

fn inline(id: &str) -> Option<String> {
    id.starts_with("logo").then(|| format!("/inline/{id}"))
}

const NEWSLETTER: &str = include_str!("golden/newsletter.in.html");

#[test]
fn a_newsletter_is_shown_without_what_it_would_load() {
    let screened = for_screen(NEWSLETTER, Pictures { remote: RemotePictures::Blocked, inline: &inline }).unwrap();
    assert_eq!(screened.html, include_str!("golden/newsletter.blocked.html"));
}

#[test]
fn a_newsletter_is_shown_with_its_pictures_when_asked() {
    let screened = for_screen(NEWSLETTER, Pictures { remote: RemotePictures::Shown, inline: &inline }).unwrap();
    assert_eq!(screened.html, include_str!("golden/newsletter.shown.html"));
}
