//! The form of the company's data: what is typed and what the call gets.

use model::{Company, Fault, Refusal};

/// Bytes in a megabyte, as sizes are told everywhere on the screens.
const MEGABYTE: f64 = 1_000_000.0;

/// Least and greatest total of attachments in megabytes.
const MEGABYTES: (i64, i64) = (1, 50);

/// A size in megabytes with at most one decimal, as it is typed; `comma` parts the decimal.
pub fn megabytes(bytes: u64, comma: char) -> String {
    let tenths = (bytes as f64 / MEGABYTE * 10.0).round() as u64;
    match tenths % 10 {
        0 => format!("{}", tenths / 10),
        rest => format!("{}{comma}{rest}", tenths / 10),
    }
}

/// The company with the typed total of attachments; one that was not touched stays to the byte.
///
/// # Errors
/// Names each wrong field, all at once.
pub fn checked(company: Company, attachments: &str) -> Result<Company, Refusal> {
    let before = company.attachments_max;
    let typed = attachments.trim().replace(',', ".");
    let max = if typed == megabytes(before, '.') { Some(before) } else { bytes(&typed) };
    let company = Company { attachments_max: max.unwrap_or(before), ..company };
    let mut faults = match company.check() {
        Err(Refusal::Invalid(faults)) => faults,
        Err(other) => return Err(other),
        Ok(_) => Vec::new(),
    };
    faults.retain(|it| it.field != "attachments_max");
    if max.is_none() {
        let (min, max) = MEGABYTES;
        faults.push(model::FieldFault { field: "attachments_max".to_owned(), fault: Fault::OutOfRange { min, max } });
    }
    if faults.is_empty() { Ok(company) } else { Err(Refusal::Invalid(faults)) }
}

fn bytes(megabytes: &str) -> Option<u64> {
    let typed: f64 = megabytes.parse().ok()?;
    let (min, max) = MEGABYTES;
    (min as f64..=max as f64).contains(&typed).then(|| (typed * MEGABYTE).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company() -> Company {
        Company {
            name: "Firma".into(),
            email: "firma@example.sk".into(),
            attachments_max: model::settings::ATTACHMENTS_MAX,
            ..Company::default()
        }
    }

    #[test]
    fn megabytes_have_one_decimal_and_only_when_needed() {
        assert_eq!(megabytes(15_728_640, ','), "15,7");
        assert_eq!(megabytes(20_000_000, ','), "20");
    }

    #[test]
    fn a_limit_that_was_not_touched_stays_to_the_byte() {
        for typed in ["15.7", "15,7", " 15,7 "] {
            assert_eq!(checked(company(), typed).unwrap().attachments_max, 15_728_640, "{typed}");
        }
    }

    #[test]
    fn a_limit_is_typed_in_megabytes() {
        assert_eq!(checked(company(), "20").unwrap().attachments_max, 20_000_000);
        assert_eq!(checked(company(), "7,5").unwrap().attachments_max, 7_500_000);
    }

    #[test]
    fn a_wrong_limit_is_refused_in_megabytes() {
        for typed in ["", "0", "51", "x", "NaN", "-3"] {
            let refused = checked(company(), typed).unwrap_err();
            assert_eq!(refused, Refusal::field("attachments_max", Fault::OutOfRange { min: 1, max: 50 }), "{typed}");
        }
    }

    #[test]
    fn all_wrong_fields_are_named_at_once() {
        let Err(Refusal::Invalid(faults)) = checked(Company { name: String::new(), ..company() }, "x") else {
            panic!("accepted")
        };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["name", "attachments_max"]);
    }
}
