//! Pages of the library, and its folders.

use model::{Cursor, Key, LibraryFilter, LibraryItem, LibraryQuery, LibrarySort, PAGE_ROWS, Page, collate};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{Row, item};
use crate::error::Error;

/// How many folders are named.
const FOLDERS: u32 = 500;

/// One page of the library.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &LibraryQuery) -> Result<Page<LibraryItem>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT l.id, l.name, l.folder, l.media_type, l.size, l.width, l.height, l.version, l.revision, u.name AS changed_by, l.updated_at
         FROM library l JOIN users u ON u.id = l.changed_by
         WHERE 1",
    );
    narrow(&mut sql, &query.filter);
    if let Some(after) = &query.after {
        sql.push(match query.sort {
            LibrarySort::Newest => " AND (l.updated_at, l.id) < (",
            LibrarySort::Name => " AND (l.sort_name, l.id) > (",
        });
        match &after.key {
            Key::Text(text) => sql.push_bind(text.clone()),
            Key::Number(number) => sql.push_bind(*number),
        };
        sql.push(", ").push_bind(after.id).push(")");
    }
    sql.push(match query.sort {
        LibrarySort::Newest => " ORDER BY l.updated_at DESC, l.id DESC LIMIT ",
        LibrarySort::Name => " ORDER BY l.sort_name, l.id LIMIT ",
    });
    sql.push_bind(PAGE_ROWS as i64 + 1);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(connection).await?;
    Ok(Page::cut(rows.into_iter().map(item).collect(), PAGE_ROWS, |it| Cursor {
        key: match query.sort {
            LibrarySort::Newest => Key::Number(it.updated_at.0),
            LibrarySort::Name => Key::Text(collate::key(&it.name)),
        },
        id: it.id.0,
    }))
}

/// The folders there are, by name, at most five hundred; each is found by one step in the index, however much lies in it.
///
/// # Errors
/// Fails when the database fails.
pub async fn folders(connection: &mut SqliteConnection) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(
        "WITH RECURSIVE step (folded, folder) AS (
             SELECT * FROM (SELECT folded_folder, folder FROM library WHERE folded_folder > '' ORDER BY folded_folder, folder LIMIT 1)
             UNION ALL
             SELECT (SELECT folded_folder FROM library WHERE folded_folder > step.folded ORDER BY folded_folder, folder LIMIT 1),
                    (SELECT folder FROM library WHERE folded_folder > step.folded ORDER BY folded_folder, folder LIMIT 1)
             FROM step WHERE step.folded IS NOT NULL
         )
         SELECT folder FROM step WHERE folder IS NOT NULL LIMIT $1",
    )
    .bind(FOLDERS)
    .fetch_all(connection)
    .await?)
}

fn narrow(sql: &mut QueryBuilder<Sqlite>, filter: &LibraryFilter) {
    for word in crate::contacts::words::of(&filter.words).split_whitespace() {
        sql.push(" AND instr(l.words, ").push_bind(format!(" {word}")).push(") > 0");
    }
    if let Some(folder) = &filter.folder {
        sql.push(" AND l.folded_folder = ").push_bind(model::fold::fold(folder.trim()));
    }
    match filter.pictures {
        Some(true) => sql.push(" AND l.width > 0"),
        Some(false) => sql.push(" AND l.width = 0"),
        None => sql,
    };
}
