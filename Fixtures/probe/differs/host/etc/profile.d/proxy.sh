# by hand
export HTTPS_PROXY=http://user:secret@10.0.0.1:3128
