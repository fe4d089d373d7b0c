export GOPROXY=off
