//! Payment codes as pictures of a mail.

use render::payments;

const PAYMENT: &str = "cid:payment?standard=spayd&amp;iban=CZ6508000000192000145399&amp;amount=450.00%20CZK&amp;variable=17";

fn address(name: &str) -> String {
    format!("cid:{name}@posel")
}

#[test]
fn equal_payments_share_one_picture() {
    let html = format!("<img src=\"{PAYMENT}\"><img src='{PAYMENT}'><img src=\"{PAYMENT}1\">");
    let drawn = payments(&html, address).unwrap();
    assert_eq!(
        drawn.html,
        "<img src=\"cid:payment-1.png@posel\"><img src='cid:payment-1.png@posel'><img src=\"cid:payment-2.png@posel\">"
    );
    assert_eq!(drawn.pictures.len(), 2);
}

#[test]
fn the_picture_is_a_png_with_a_light_border_around_the_code() {
    let drawn = payments(&format!("<img src=\"{PAYMENT}\">"), address).unwrap();
    let png = &drawn.pictures[0].png;
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut bits = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bits).unwrap();
    let side = info.width as usize;
    assert_eq!((info.width, side % 8), (info.height, 0));
    let is_light = |x: usize, y: usize| bits[y * side / 8 + x / 8] >> (7 - x % 8) & 1 == 1;
    assert!((0..side).all(|it| is_light(it, 31) && is_light(31, it) && is_light(it, side - 1)));
    // The corner that readers find the code by: seven dark modules from the border on, then a light one.
    assert!((32..88).all(|it| !is_light(it, 32)) && is_light(88, 32));
    assert!(png.len() < 4_000, "{}", png.len());
}

#[test]
fn a_mail_without_payments_carries_nothing_and_a_wrong_one_is_told() {
    let plain = payments("<p>cid:payment?</p>", address).unwrap();
    assert_eq!((plain.html.as_str(), plain.pictures.len()), ("<p>cid:payment?</p>", 0));
    assert!(payments("<img src=\"cid:payment?iban=CZ6508000000192000145398\">", address).is_err());
}
