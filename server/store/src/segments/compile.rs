//! A rule as conditions of SQL over `contacts` under the name `c`. Texts stand in the program, values are bound; every condition is true
//! or false and never NULL, so that *not* turns each of them around.

use model::segment::{ResolvedRule, postcode};
use model::{Channel, Condition, DayTest, FieldCondition, FieldTest, FieldValue, Moment, SegmentRule, TextTest, fold::fold};
use sqlx::{QueryBuilder, Sqlite};

use crate::codes::Code;
use crate::suppressions::cause;

/// How sets that stand in other tables are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The whole set once, then looked into: for counts over all contacts.
    Sets,
    /// One look for each contact: for walks that end soon.
    Walk,
}

/// Adds the rule as one condition.
pub(crate) fn push(sql: &mut QueryBuilder<Sqlite>, resolved: &ResolvedRule, form: Form) {
    Compiler { resolved, form }.rule(sql, &resolved.rule);
}

/// Adds `FROM … WHERE …` of all contacts that the rule takes in, as `c`: led by the sets that none of them lies outside of, when there are
/// such, and else by all contacts in their narrow copy.
pub(crate) fn push_from(sql: &mut QueryBuilder<Sqlite>, resolved: &ResolvedRule) {
    let compiler = Compiler { resolved, form: Form::Sets };
    match led(&resolved.rule).filter(|(sets, _)| sets.len() <= SETS_MAX) {
        Some((sets, rest)) => {
            sql.push(" FROM (");
            for (n, set) in sets.iter().enumerate() {
                sql.push(if n == 0 { "SELECT contact_id FROM " } else { " UNION SELECT contact_id FROM " });
                sql.push(set.table).push(" WHERE ").push(set.column).push(" = ").push_bind(set.id);
            }
            // Sets are in the order of ids, as the copy is, so both are walked along side by side.
            sql.push(") s CROSS JOIN contacts c INDEXED BY contacts_facts WHERE c.id = s.contact_id AND ");
            compiler.rule(sql, &rest);
        }
        None => {
            sql.push(" FROM contacts c INDEXED BY contacts_facts WHERE ");
            compiler.rule(sql, &resolved.rule);
        }
    }
}

/// SQLite joins up to 500 questions into one.
const SETS_MAX: usize = 400;

/// The contacts of one tag, or of one list.
struct Set {
    table: &'static str,
    column: &'static str,
    id: i64,
}

/// The sets outside of which the rule takes in nobody, and what it asks of their contacts beyond.
fn led(rule: &SegmentRule) -> Option<(Vec<Set>, SegmentRule)> {
    let anything = || SegmentRule::All(Vec::new());
    match rule {
        SegmentRule::Is(Condition::Tag(tags)) if !tags.is_empty() => {
            let sets = tags.iter().map(|it| Set { table: "contact_tags", column: "tag_id", id: it.0 });
            Some((sets.collect(), anything()))
        }
        SegmentRule::Is(Condition::List(lists)) if !lists.is_empty() => {
            let sets = lists.iter().map(|it| Set { table: "list_members", column: "list_id", id: it.0 });
            Some((sets.collect(), anything()))
        }
        SegmentRule::Any(rules) if !rules.is_empty() => {
            let parts = rules.iter().map(led).collect::<Option<Vec<_>>>()?;
            let all_whole = parts.iter().all(|(_, rest)| *rest == anything());
            all_whole.then(|| (parts.into_iter().flat_map(|it| it.0).collect(), anything()))
        }
        SegmentRule::All(rules) => {
            let (place, (sets, beyond)) = rules.iter().enumerate().find_map(|(place, rule)| Some((place, led(rule)?)))?;
            let mut rest = rules.clone();
            rest[place] = beyond;
            Some((sets, SegmentRule::All(rest)))
        }
        SegmentRule::Any(_) | SegmentRule::Is(_) | SegmentRule::Not(_) => None,
    }
}

struct Compiler<'a> {
    resolved: &'a ResolvedRule,
    form: Form,
}

impl Compiler<'_> {
    fn rule(&self, sql: &mut QueryBuilder<Sqlite>, rule: &SegmentRule) {
        match rule {
            SegmentRule::All(rules) => self.joined(sql, rules, " AND ", "(1)"),
            SegmentRule::Any(rules) => self.joined(sql, rules, " OR ", "(0)"),
            SegmentRule::Not(rule) => {
                sql.push("(NOT ");
                self.rule(sql, rule);
                sql.push(")");
            }
            SegmentRule::Is(condition) => {
                sql.push("(");
                self.condition(sql, condition);
                sql.push(")");
            }
        }
    }

    fn joined(&self, sql: &mut QueryBuilder<Sqlite>, rules: &[SegmentRule], by: &'static str, empty: &'static str) {
        if rules.is_empty() {
            sql.push(empty);
            return;
        }
        for (n, rule) in rules.iter().enumerate() {
            sql.push(if n == 0 { "(" } else { by });
            self.rule(sql, rule);
        }
        sql.push(")");
    }

    fn condition(&self, sql: &mut QueryBuilder<Sqlite>, condition: &Condition) {
        match condition {
            Condition::Kind(kinds) => one_of(sql, "c.kind", kinds.iter().map(|it| it.code())),
            Condition::Nature(nature) => {
                sql.push("c.nature = ").push_bind(nature.code());
            }
            Condition::Tag(tags) => {
                self.set(sql, "contact_tags", "tag_id", tags.iter().map(|it| it.0));
            }
            Condition::Owner(owners) => one_of(sql, "coalesce(c.owner_id, 0)", owners.iter().map(|it| it.0)),
            Condition::NoOwner => {
                sql.push("c.owner_id IS NULL");
            }
            Condition::Language(languages) => {
                sql.push("coalesce(c.language, ").push_bind(self.resolved.language.code());
                one_of(sql, ")", languages.iter().map(|it| it.code()));
            }
            Condition::Town(test) => self.town(sql, test),
            Condition::Postcode(test) => text(sql, test),
            Condition::List(lists) => {
                self.set(sql, "list_members", "list_id", lists.iter().map(|it| it.0));
            }
            Condition::Field(field) => self.field(sql, field),
            Condition::Obtained(ways) => one_of(sql, "coalesce(c.obtained_way, '')", ways.iter().map(|it| it.code())),
            Condition::ObtainedOn(test) => self.day(sql, *test),
            Condition::Created(test) => self.moment(sql, "c.created_at", *test),
            Condition::Changed(test) => self.moment(sql, "c.updated_at", *test),
            Condition::Reachable(Channel::Email) => {
                sql.push("c.email <> ''");
            }
            Condition::Reachable(Channel::Sms) => {
                sql.push("c.phone <> ''");
            }
            Condition::Consent { channel, state } => {
                let column = match channel {
                    Channel::Email => "c.consent_email",
                    Channel::Sms => "c.consent_sms",
                };
                crate::contacts::filter::narrow_by_consent(sql, column, *state);
            }
            Condition::NoBulk => {
                sql.push("c.no_bulk <> 0");
            }
            Condition::Suppressed(Channel::Email) => {
                sql.push(concat!(cause!("c.email"), " IS NOT NULL"));
            }
            Condition::Suppressed(Channel::Sms) => {
                sql.push(concat!(cause!("c.phone"), " IS NOT NULL"));
            }
            Condition::Messaged(test) => self.messaged(sql, *test),
            Condition::NeverMessaged => {
                sql.push("NOT ");
                messaged_since(sql, None);
            }
        }
    }

    /// Whether the contact is in one of the sets of a table that has a column of contacts and one of sets.
    fn set(&self, sql: &mut QueryBuilder<Sqlite>, table: &'static str, column: &'static str, ids: impl Iterator<Item = i64>) {
        match self.form {
            Form::Sets => sql.push("c.id IN (SELECT contact_id FROM ").push(table).push(" WHERE "),
            Form::Walk => sql.push("EXISTS (SELECT 1 FROM ").push(table).push(" s WHERE s.contact_id = c.id AND "),
        };
        one_of(sql, column, ids);
        sql.push(")");
    }

    fn town(&self, sql: &mut QueryBuilder<Sqlite>, test: &TextTest) {
        let spelled = self.resolved.towns.iter().find(|it| it.0 == *test).map(|it| it.1.as_slice()).unwrap_or_default();
        one_of(sql, "c.city", spelled.iter().cloned());
    }

    fn field(&self, sql: &mut QueryBuilder<Sqlite>, field: &FieldCondition) {
        if field.test == FieldTest::Empty {
            sql.push("NOT ");
        }
        match self.form {
            Form::Sets => sql.push("c.id IN (SELECT v.contact_id FROM field_values v WHERE v.field_id = "),
            Form::Walk => sql.push("EXISTS (SELECT 1 FROM field_values v WHERE v.contact_id = c.id AND v.field_id = "),
        };
        sql.push_bind(field.field.0);
        match &field.test {
            FieldTest::Filled | FieldTest::Empty => {}
            FieldTest::Is(FieldValue::Text(it)) => {
                sql.push(" AND v.folded = ").push_bind(fold(it.trim()));
            }
            FieldTest::Contains(it) => {
                sql.push(" AND 0 < instr(v.folded, ").push_bind(fold(it.trim())).push(")");
            }
            FieldTest::Is(it) => number(sql, " AND v.number = ", it),
            FieldTest::AtLeast(it) => number(sql, " AND v.number >= ", it),
            FieldTest::AtMost(it) => number(sql, " AND v.number <= ", it),
        }
        sql.push(")");
    }

    fn day(&self, sql: &mut QueryBuilder<Sqlite>, test: DayTest) {
        let (first, last) = test.day_bounds(self.resolved.now);
        sql.push("c.obtained_on IS NOT NULL");
        if let Some(first) = first {
            sql.push(" AND c.obtained_on >= ").push_bind(first.0);
        }
        if let Some(last) = last {
            sql.push(" AND c.obtained_on <= ").push_bind(last.0);
        }
    }

    fn moment(&self, sql: &mut QueryBuilder<Sqlite>, column: &'static str, test: DayTest) {
        let (from, before) = test.bounds(self.resolved.now);
        sql.push(column);
        match (from, before) {
            (Some(from), _) => sql.push(" >= ").push_bind(from.0),
            (None, before) => sql.push(" < ").push_bind(before.unwrap_or(Moment(i64::MAX)).0),
        };
    }

    /// The latest message counts: it left within the time, and none left after it.
    fn messaged(&self, sql: &mut QueryBuilder<Sqlite>, test: DayTest) {
        let (from, before) = test.bounds(self.resolved.now);
        messaged_since(sql, from);
        if let Some(before) = before {
            sql.push(" AND NOT ");
            messaged_since(sql, Some(before));
        }
    }
}

/// Whether a message to the contact left, at that moment or later if one is given.
fn messaged_since(sql: &mut QueryBuilder<Sqlite>, from: Option<Moment>) {
    sql.push(
        "EXISTS (SELECT 1 FROM recipients r JOIN messages m ON m.id = r.message_id
                 WHERE r.contact_id = c.id AND m.sent_at IS NOT NULL",
    );
    if let Some(from) = from {
        sql.push(" AND m.sent_at >= ").push_bind(from.0);
    }
    sql.push(")");
}

/// Whether the postcode passes.
fn text(sql: &mut QueryBuilder<Sqlite>, test: &TextTest) {
    const OWN: &str = "lower(replace(c.postcode, ' ', ''))";
    match test {
        TextTest::Is(wanted) => sql.push(OWN).push(" = ").push_bind(postcode(wanted)),
        TextTest::Begins(wanted) => {
            let wanted = postcode(wanted);
            sql.push("substr(").push(OWN).push(", 1, ").push_bind(wanted.chars().count() as i64);
            sql.push(") = ").push_bind(wanted)
        }
        TextTest::Contains(wanted) => sql.push("0 < instr(").push(OWN).push(", ").push_bind(postcode(wanted)).push(")"),
        TextTest::Empty => sql.push(OWN).push(" = ''"),
    };
}

/// `column IN (…)`; of nothing, nothing is one.
fn one_of<T>(sql: &mut QueryBuilder<Sqlite>, column: &'static str, values: impl Iterator<Item = T>)
where
    T: sqlx::Type<Sqlite> + for<'q> sqlx::Encode<'q, Sqlite> + 'static,
{
    sql.push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    sql.push(")");
}

/// Compares with a number; a text is none and nothing equals it.
fn number(sql: &mut QueryBuilder<Sqlite>, comparison: &'static str, value: &FieldValue) {
    let number = match value {
        FieldValue::Number(it) => Some(it.0),
        FieldValue::Date(it) => Some(it.0),
        FieldValue::Choice(it) => Some(it.0),
        FieldValue::Text(_) => None,
    };
    sql.push(comparison).push_bind(number);
}
