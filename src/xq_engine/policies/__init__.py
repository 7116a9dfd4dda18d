"""Policy documents and dated parameters as data; read by `xq_engine.policy`."""
