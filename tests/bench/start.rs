//! How long a start takes, with the rows there: from the start of the process to the first `/readyz` that says 200.

use serde_json::{Value, json};
use tests::stats::{Times, millis};

use crate::{plan::Plan, portico::Serving, scene::Scene};

pub async fn measure(scene: &Scene, plan: &Plan) -> Value {
    let mut times = Times::default();
    for _ in 0..plan.starts {
        let (serving, took) = Serving::portal(&scene.program, &[]).await;
        times.add(took);
        serving.stop().await;
    }
    json!({
        "times": times.len(),
        "median_ms": millis(times.median()),
        "longest_ms": millis(times.percentile(100)),
    })
}
