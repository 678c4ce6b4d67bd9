//! What the process holds: when nobody has come yet, and after many pages were looked at.

use serde_json::{Value, json};

use crate::{load, pages, plan::Plan, portico::Serving, scene::Scene};

/// Of a hundred pages that are looked at, how many are which: most are the clients', the desk looks at all.
const SHARES: [(&str, usize); 4] = [
    (pages::INVITATION, 70),
    (pages::QUEUE, 10),
    (pages::LIST, 5),
    (pages::CLIENT, 15),
];

pub async fn measure(scene: &Scene, plan: &Plan) -> Value {
    let (serving, _) = Serving::portal(&scene.program, &[]).await;
    let idle = serving.resident();
    let mut highest = idle;
    // Turn and turn about, as people come.
    for _ in 0..TURNS {
        for (name, share) in SHARES {
            let target = pages::target(scene, name);
            let times = plan.views * share / 100 / TURNS;
            load::so_often(&target, plan.connections, times).await;
            highest = highest.max(serving.resident());
        }
    }
    let after = serving.resident();
    serving.stop().await;
    json!({"views": plan.views, "idle_mib": idle, "after_mib": after, "highest_mib": highest})
}

const TURNS: usize = 10;
