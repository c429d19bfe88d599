//! `posel search`: finds messages for scripts, beside a server that runs.

use engine::{Ctx, history};
use model::{MessageFilter, MessageQuery, MessageRow};
use serde_json::json;

use super::Fault;
use super::arguments::SearchOrder;
use crate::boot;
use crate::config::Config;

/// Prints the newest messages that answer.
pub async fn search(config: &Config, order: &SearchOrder, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let engine = boot::look(config).await?;
    let ctx = Ctx::system(&engine);
    let mut query = MessageQuery {
        filter: MessageFilter { words: order.query.clone(), ..MessageFilter::default() },
        ..MessageQuery::default()
    };
    let mut told = 0;
    while told < order.limit {
        let page = history::list(&ctx, query.clone()).await?;
        for row in page.rows.iter().take(order.limit - told) {
            say(&if order.json { as_json(row) } else { as_text(row) });
            told += 1;
        }
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    if told == 0 && !order.json {
        say("Nothing was found.");
    }
    Ok(())
}

fn as_json(row: &MessageRow) -> String {
    json!({
        "id": row.id,
        "channel": row.channel,
        "origin": row.origin,
        "state": row.state,
        "created_at": row.created_at.rfc3339(),
        "sent_at": row.sent_at.map(|it| it.rfc3339()),
        "author": row.author,
        "recipient": row.recipient,
        "others": row.others,
        "subject": row.subject,
        "snippet": snippet(row),
        "snippet_file": row.snippet_file,
    })
    .to_string()
}

fn as_text(row: &MessageRow) -> String {
    let others = if 0 < row.others { format!(" (+{})", row.others) } else { String::new() };
    format!("{}  {}  {}{others}  {}\n    {}", row.id, row.created_at.rfc3339(), row.recipient, row.subject, snippet(row))
        .trim_end()
        .to_owned()
}

fn snippet(row: &MessageRow) -> String {
    let text: String = row.snippet.iter().map(|it| it.text.as_str()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
