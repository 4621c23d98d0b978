"""The parts of `benchmarks.score_forecast`: pooled shop-months, forecasters side by side, planted markets."""
