//! The database's history: up, down to nothing and up again; the names that the owner reads with SQL; and
//! times that sort as they are.

use chrono::{DateTime, TimeDelta, Utc};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseConnection, DbBackend, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QueryResult, Statement,
};
use secrecy::SecretString;
use server::{
    domain::{agency::AgencyScope, urgency::Urgency},
    store::{self, Database, entity::jobs},
};
use tests::TestDatabase;
use uuid::Uuid;

async fn open(database: &TestDatabase) -> Database {
    let url = SecretString::from(database.url.as_str());
    store::connect(&url).await.expect("the database")
}

async fn query(db: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await;
    rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Tables, columns, defaults, keys and indexes, a line each, without the list of migrations itself.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') AS line FROM sqlite_master
             WHERE tbl_name <> 'seaql_migrations' ORDER BY line"
        }
        _ => {
            "SELECT line FROM (
               SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length,
                   is_nullable, column_default, collation_name) AS line
               FROM information_schema.columns WHERE table_schema = 'public'
               UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
               UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
               FROM pg_constraint WHERE connamespace = 'public'::regnamespace
             ) AS lines WHERE line NOT LIKE '%seaql_migrations%' ORDER BY line"
        }
    };
    let rows = query(db, sql).await;
    { rows.iter() }
        .map(|row| row.try_get("", "line").expect("a line"))
        .collect()
}

#[tokio::test]
async fn up_down_and_up_again() {
    let database = TestDatabase::empty().await;
    let db = open(&database).await;
    let reader = db.reader();
    Migrator::up(reader, None).await.expect("up");
    let first = schema(reader).await;
    assert!(first.len() > 40, "{first:?}");
    Migrator::down(reader, None).await.expect("down");
    assert_eq!(schema(reader).await, Vec::<String>::new());
    Migrator::up(reader, None).await.expect("up again");
    assert_eq!(schema(reader).await, first);
    db.close().await;
}

#[tokio::test]
async fn each_step_can_be_undone() {
    let database = TestDatabase::empty().await;
    let db = open(&database).await;
    let reader = db.reader();
    let mut before = Vec::new();
    for _ in Migrator::migrations() {
        before.push(schema(reader).await);
        Migrator::up(reader, Some(1)).await.expect("one up");
    }
    while let Some(schema_before) = before.pop() {
        Migrator::down(reader, Some(1)).await.expect("one down");
        assert_eq!(schema(reader).await, schema_before);
    }
    db.close().await;
}

/// The names and defaults that the owner's own queries rely on.
#[tokio::test]
async fn the_owner_reads_these_columns() {
    let database = TestDatabase::create().await;
    let db = open(&database).await;
    let reader = db.reader();
    let now = "2026-11-23 08:00:00.000000+00:00";
    let (agency, client, connection, token) = match reader.get_database_backend() {
        DbBackend::Sqlite => ("x'01'", "x'02'", "x'03'", "x'04'"),
        _ => (
            "'00000000-0000-0000-0000-000000000001'",
            "'00000000-0000-0000-0000-000000000002'",
            "'00000000-0000-0000-0000-000000000003'",
            "'00000000-0000-0000-0000-000000000004'",
        ),
    };
    for sql in [
        format!(
            "INSERT INTO agencies (id, name, created_at, updated_at)
             VALUES ({agency}, 'A', '{now}', '{now}')"
        ),
        format!(
            "INSERT INTO clients (id, agency_id, name, search_name, sort_name, email, email_folded,
                 created_at, updated_at)
             VALUES ({client}, {agency}, 'B', 'b', 'b', 'b@c.example', 'b@c.example', '{now}', '{now}')"
        ),
        format!(
            "INSERT INTO connections (id, agency_id, client_id, state, state_since, version,
                 meta_user_id, meta_user_name, is_business, reading, read_count, probing,
                 created_at, updated_at)
             VALUES ({connection}, {agency}, {client}, 'draft', '{now}', 1, '1', 'C', false, 'none', 0,
                 'none', '{now}', '{now}')"
        ),
        format!(
            "INSERT INTO client_tokens (id, agency_id, client_id, connection_id, kind, standing, source,
                 token_hash, meta_user_id, scopes, created_at, version)
             VALUES ({token}, {agency}, {client}, {connection}, 'user', 'candidate', 'login', {token_hash},
                 '1', '', '{now}', 1)",
            token_hash = match reader.get_database_backend() {
                DbBackend::Sqlite => "x'05'",
                _ => "'\\x05'::bytea",
            }
        ),
    ] {
        let inserted = reader.execute_unprepared(&sql).await;
        inserted.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    let clients = "SELECT meta_account_name, token_status, last_token_validation, campaigns_count FROM clients";
    let rows = query(reader, clients).await;
    let row = rows.first().expect("a client");
    assert_eq!(
        row.try_get::<Option<String>>("", "meta_account_name"),
        Ok(None)
    );
    assert_eq!(
        row.try_get::<String>("", "token_status"),
        Ok("pending".to_owned())
    );
    let validated = row.try_get::<Option<DateTime<Utc>>>("", "last_token_validation");
    assert_eq!(validated, Ok(None));
    assert_eq!(row.try_get::<i64>("", "campaigns_count"), Ok(0));

    let tokens = "SELECT client_id, token_hash, token_status, created_at, expires_at, last_used FROM client_tokens";
    let rows = query(reader, tokens).await;
    let row = rows.first().expect("a token");
    assert_eq!(row.try_get::<Vec<u8>>("", "token_hash"), Ok(vec![5]));
    assert_eq!(
        row.try_get::<String>("", "token_status"),
        Ok("pending".to_owned())
    );
    assert_eq!(
        row.try_get::<Option<DateTime<Utc>>>("", "expires_at"),
        Ok(None)
    );
    assert_eq!(
        row.try_get::<Option<DateTime<Utc>>>("", "last_used"),
        Ok(None)
    );
    db.close().await;
}

/// Moments with none, three and six digits of fraction, around the turns of a second, a day and a year.
fn moments() -> Vec<DateTime<Utc>> {
    let turns = [
        "2026-12-31T23:59:59Z",
        "2027-01-01T00:00:00Z",
        "2027-01-01T09:59:59Z",
        "2027-01-01T10:00:00Z",
    ];
    let fractions = [
        0, 1, 10, 999, 1_000, 9_990, 99_900, 100_000, 100_001, 500_000, 999_000, 999_999,
    ];
    let turns = turns.map(|turn| turn.parse::<DateTime<Utc>>().expect("a moment"));
    turns
        .iter()
        .flat_map(|turn| fractions.map(|micros| *turn + TimeDelta::microseconds(micros)))
        .collect()
}

/// SQLite keeps a moment as text: it has to sort and compare as the moment does.
#[tokio::test]
async fn moments_sort_and_compare_as_they_are() {
    let database = TestDatabase::create().await;
    let db = open(&database).await;
    let reader = db.reader();
    let scope = AgencyScope::of(Uuid::from_u128(1));
    let all = moments();
    for (number, moment) in all.iter().enumerate().rev() {
        let id = Uuid::from_u128(number as u128);
        let new = store::jobs::New {
            id,
            kind: "x",
            subject: None,
            urgency: Urgency::Soon,
            run_at: *moment,
        };
        let enqueued = store::jobs::enqueue(reader, scope, new, *moment).await;
        enqueued.expect("a job");
    }
    let sorted = jobs::Entity::find()
        .order_by_asc(jobs::Column::RunAt)
        .all(reader)
        .await;
    let sorted: Vec<_> = sorted.expect("rows").iter().map(|job| job.run_at).collect();
    assert_eq!(sorted, all);
    for (number, moment) in all.iter().enumerate() {
        let column = jobs::Column::RunAt;
        for (condition, expected) in [
            (column.lt(*moment), number),
            (column.lte(*moment), number + 1),
            (column.eq(*moment), 1),
            (column.gt(*moment), all.len() - number - 1),
        ] {
            let found = jobs::Entity::find().filter(condition).all(reader).await;
            assert_eq!(found.expect("rows").len(), expected, "{moment}");
        }
    }
    db.close().await;
}
