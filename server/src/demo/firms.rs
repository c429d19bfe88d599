//! Companies: names made of a trade and a word one meets on signs, with numbers of the right form.

use super::chance::Chance;

const SLOVAK_TRADES: [&str; 20] = [
    "Pekáreň",
    "Stavebniny",
    "Autodielňa",
    "Tlačiareň",
    "Účtovníctvo",
    "Kvetinárstvo",
    "Zámočníctvo",
    "Penzión",
    "Lekáreň",
    "Interiéry",
    "Kaviareň",
    "Vinárstvo",
    "Mliekareň",
    "Realitná kancelária",
    "Strechy",
    "Elektro",
    "Záhradníctvo",
    "Reštaurácia",
    "Optika",
    "Sklenárstvo",
];

const SLOVAK_SIGNS: [&str; 14] = [
    "Javor",
    "Lipa",
    "Ďumbier",
    "Tatran",
    "Slnko",
    "Orava",
    "Kamzík",
    "Šípka",
    "Vršatec",
    "Studnička",
    "Jarabina",
    "Čučoriedka",
    "Rysy",
    "Sokol",
];

const CZECH_TRADES: [&str; 20] = [
    "Pekařství",
    "Stavebniny",
    "Autoservis",
    "Tiskárna",
    "Účetnictví",
    "Květinářství",
    "Zámečnictví",
    "Penzion",
    "Lékárna",
    "Interiéry",
    "Kavárna",
    "Vinařství",
    "Mlékárna",
    "Realitní kancelář",
    "Střechy",
    "Elektro",
    "Zahradnictví",
    "Restaurace",
    "Optika",
    "Sklenářství",
];

const CZECH_SIGNS: [&str; 14] = [
    "Javor",
    "Lípa",
    "Říp",
    "Praděd",
    "Slunce",
    "Šumava",
    "Kamzík",
    "Šípek",
    "Sněžka",
    "Studánka",
    "Jeřabina",
    "Borůvka",
    "Ještěd",
    "Sokol",
];

/// The name of the `n`-th Slovak company; all 280 are different.
pub fn slovak(n: usize, chance: &mut Chance) -> String {
    let form = if chance.once_in(5) { ", a. s." } else { " s. r. o." };
    format!("{} {}{form}", SLOVAK_TRADES[n % 20], SLOVAK_SIGNS[(n % 20 + n / 20) % 14])
}

/// The name of the `n`-th Czech company; all 280 are different.
pub fn czech(n: usize, chance: &mut Chance) -> String {
    let form = if chance.once_in(5) { ", a.s." } else { " s.r.o." };
    format!("{} {}{form}", CZECH_TRADES[n % 20], CZECH_SIGNS[(n % 20 + n / 20) % 14])
}

/// A registration number (IČO) whose last digit is right: weights 8 to 2, modulo 11.
pub fn registration_number(chance: &mut Chance) -> String {
    let seven = format!("{:07}", chance.between(2_000_000, 5_600_000));
    let sum: u32 = seven.bytes().zip((2..=8).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{seven}{}", (11 - sum % 11) % 10)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn registration_numbers_have_the_right_last_digit() {
        let mut chance = Chance::new(1);
        for _ in 0..1_000 {
            let number: Vec<u32> = registration_number(&mut chance).bytes().map(|it| u32::from(it - b'0')).collect();
            let sum: u32 = (0..7).map(|at| number[at] * (8 - at as u32)).sum();
            let expected = match sum % 11 {
                0 => 1,
                1 => 0,
                rest => 11 - rest,
            };
            assert_eq!((number.len(), number[7]), (8, expected), "{number:?}");
        }
    }

    #[test]
    fn no_two_companies_share_a_name() {
        let mut chance = Chance::new(1);
        let names: BTreeSet<String> = (0..280).map(|n| slovak(n, &mut chance).replace(", a. s.", " s. r. o.")).collect();
        assert_eq!(names.len(), 280);
    }
}
