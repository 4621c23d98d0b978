"""Third-party scripts, styles, fonts and drawings, fetched from npm by a lock file; nothing of them is committed.

`package.json` names the packages, and under `laotie.copy` which of their files become static files of ours:
the name below /static/, then the file or folder below node_modules. Packages that are no ES modules stand under
`laotie.bundle`: esbuild makes one module of the exports that are named there. What a demo's pictures are drawn with
stands under `devDependencies`: no other market fetches it. Who adds a package adds it there and runs
`npm install --package-lock-only` in this folder.
"""
