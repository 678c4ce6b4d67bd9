//! A whole capture: from Facebook's callback (the exchange of the code, the long life, the check, the person,
//! the permissions) to the page *Is this you?*. Meta's own time is taken off: whatever was in the stopwatch's
//! hands while the browser waited. What the browser of this measurement costs is not.

use serde_json::{Value, json};
use tests::stats::{Times, covered, median, millis};

use crate::{plan::Plan, portico::Serving, scene::Scene, visits};

pub async fn measure(scene: &Scene, plan: &Plan) -> Value {
    let (serving, _) = Serving::portal(&scene.program, &[]).await;
    let (mut whole, mut own, mut calls) = (Times::default(), Times::default(), Vec::new());
    for number in plan.cases + 1..plan.cases + 1 + plan.captures {
        let client = scene.visitors.add(number).await;
        let link = scene.visitors.invite(client).await;
        let (browser, callback) = visits::to_callback(&scene.program, number, &link).await;
        scene.stopwatch.take();
        let begun = scene.stopwatch.now();
        let page = browser.arrive(&callback).await.expect(200);
        let ended = scene.stopwatch.now();
        assert!(page.has_button("Yes, this is me"), "{}", page.text());
        let at_meta = scene.stopwatch.take();
        whole.add(ended - begun);
        own.add(ended - begun - covered((begun, ended), &at_meta));
        calls.push(f64::from(
            u32::try_from(at_meta.len()).expect("a few calls"),
        ));
    }
    serving.stop().await;
    json!({
        "times": own.len(),
        "calls": median(calls),
        "whole_ms": millis(whole.median()),
        "own_ms": millis(own.median()),
        "own_p99_ms": millis(own.percentile(99)),
    })
}
