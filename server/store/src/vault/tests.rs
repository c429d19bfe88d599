//! What the vault promises.

use proptest::prelude::*;

use super::*;

const PLACE: Place = Place { table: "messages", column: "subject", row: 7 };

fn vault(byte: u8) -> Vault {
    let key = [byte; 32];
    Vault {
        data_keys: DataKeys::new(1, &key),
        data_wrapping: XChaCha20Poly1305::new(&key.into()),
        person_wrapping: XChaCha20Poly1305::new(&key.into()),
        hash_key: Zeroizing::new(key),
        search_key: Zeroizing::new(key),
        return_path_key: Zeroizing::new(key),
        link_key: Zeroizing::new(key),
        mark_key: MarkKey::new(Zeroizing::new(key)),
        signing: Signing::new(&key).unwrap(),
    }
}

proptest! {
    #[test]
    fn what_was_sealed_comes_back(value in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let sealed = vault(1).seal(PLACE, &value).unwrap();
        prop_assert_eq!(vault(1).open_value(PLACE, &sealed).unwrap(), value);
    }

    #[test]
    fn no_changed_bit_goes_unnoticed(at in 0_usize..4_000, bit in 0_u8..8) {
        let mut sealed = vault(1).seal(PLACE, "Vážená pani Nová, ".repeat(60).as_bytes()).unwrap();
        let at = at % sealed.len();
        sealed[at] ^= 1 << bit;
        let is_damaged = matches!(vault(1).open_value(PLACE, &sealed), Err(Error::Damaged { row: 7, .. }));
        prop_assert!(is_damaged);
    }
}

#[test]
fn a_value_opens_only_at_its_place_and_with_its_key() {
    let sealed = vault(1).seal_text(PLACE, "tajné").unwrap();
    assert_eq!(vault(1).open_text(PLACE, &sealed).unwrap(), "tajné");
    assert!(vault(1).open_text(Place { row: 8, ..PLACE }, &sealed).is_err());
    assert!(vault(1).open_text(Place { column: "body_text", ..PLACE }, &sealed).is_err());
    assert!(vault(2).open_text(PLACE, &sealed).is_err());
    assert!(vault(1).open_text(PLACE, &sealed[..20]).is_err());
}

#[test]
fn the_key_of_a_person_opens_nothing_of_anybody_else() {
    let vault = vault(1);
    let wrapped = vault.make_person_key(7).unwrap();
    let sealed = vault.person_key(7, &wrapped).unwrap().seal(PLACE, "tajné".as_bytes()).unwrap();
    assert_eq!(vault.person_key(7, &wrapped).unwrap().open_text(PLACE, &sealed).unwrap(), "tajné");
    assert!(vault.open_text(PLACE, &sealed).is_err());
    let other = vault.person_key(8, &vault.make_person_key(8).unwrap()).unwrap();
    assert!(other.open_text(PLACE, &sealed).is_err());
    assert!(vault.person_key(8, &wrapped).is_err());
    assert!(vault.person_key(7, &[0; 72]).is_err());
}

#[test]
fn a_link_leads_to_one_message_for_one_purpose() {
    let tag = vault(1).link_tag("view", MessageId(7));
    assert!(vault(1).is_link_tag("view", MessageId(7), &tag));
    assert!(!vault(1).is_link_tag("view", MessageId(8), &tag));
    assert!(!vault(1).is_link_tag("unsubscribe", MessageId(7), &tag));
    assert!(!vault(2).is_link_tag("view", MessageId(7), &tag));
    assert!(!vault(1).is_link_tag("view", MessageId(7), &[0; 16]));
}

#[test]
fn what_is_common_takes_no_room_and_a_missing_dictionary_is_damage() {
    let common: String = (0..900).map(|n| format!("<p>Veta číslo {n} o niečom inom.</p>")).collect();
    let (dictionary, key) = (Dictionary::new(common.as_bytes()), Seal::common(1, &[1; 32]));
    let value = common.replace("číslo 450", "pre pani Novú");
    let sealed = key.seal_by(PLACE, value.as_bytes(), &dictionary).unwrap();
    let alone = key.seal(PLACE, value.as_bytes()).unwrap();
    assert!(2 * sealed.len() < alone.len(), "{} of {}", sealed.len(), alone.len());
    assert_eq!(key.open_by(PLACE, &sealed, Some(&dictionary)).unwrap(), value.as_bytes());
    assert!(key.open_by(PLACE, &sealed, None).is_err());
    assert!(key.open_by(PLACE, &sealed, Some(&Dictionary::new("niečo iné".as_bytes()))).is_err());
}

#[test]
fn long_values_are_packed() {
    let text = "Dobrý deň, ďakujeme za objednávku. ".repeat(500);
    assert!(vault(1).seal_text(PLACE, &text).unwrap().len() < 400);
}

#[test]
fn a_master_key_survives_its_file() {
    let key = MasterKey::generate().unwrap();
    let read = MasterKey::from_hex(&format!("{}\n", key.to_hex().as_str())).unwrap();
    assert_eq!(key.to_hex(), read.to_hex());
    assert!(MasterKey::from_hex("abc").is_none());
    assert!(MasterKey::from_hex(&"ž".repeat(32)).is_none());
}

#[test]
fn what_an_earlier_key_sealed_opens_and_is_sealed_anew_under_the_newest() {
    let common = "Vážená pani Nová, posielame ponuku. ".repeat(40);
    let dictionary = Dictionary::new(common.as_bytes());
    let one = vault(1);
    let (plain, packed) = (one.seal(PLACE, b"x").unwrap(), one.seal_by(PLACE, common.as_bytes(), &dictionary).unwrap());
    let two = vault(1);
    two.data_keys.add(2, &[2; 32], true);
    assert_eq!(two.open_value(PLACE, &plain).unwrap(), b"x");
    let anew = two.data_keys.reseal(PLACE, &packed).unwrap().unwrap();
    assert_eq!(two.open_by(PLACE, &anew, Some(&dictionary)).unwrap(), common.as_bytes());
    assert!(two.data_keys.reseal(PLACE, &anew).unwrap().is_none());
    assert!(one.open_by(PLACE, &anew, Some(&dictionary)).is_err());
    let person = two.person_key(7, &two.make_person_key(7).unwrap()).unwrap().seal(PLACE, b"x").unwrap();
    assert!(two.data_keys.reseal(PLACE, &person).unwrap().is_none());
}
